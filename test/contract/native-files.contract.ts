import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { z } from 'zod';
import { requireNativeFiles } from '../../src/analytics/provider.ts';
import { listNative } from '../../src/exports/native-source.ts';
import { REPORT_CAPABILITIES, REPORT_INPUTS, type ReportName } from '../../src/exports/request.ts';
import { defineContract } from './contract.ts';

const REPORTS = Object.keys(REPORT_INPUTS) as [ReportName, ...ReportName[]];

/** The files of a question, from their names to their bytes. */
interface Fetched {
  readonly names: readonly string[];
  /** Those of a second look. */
  readonly again: readonly string[];
  readonly files: readonly { readonly bytes: Buffer; readonly size: number | null }[];
}

export const nativeFilesContract = defineContract({
  smallest: {},
  input: z.union([
    z.object({ cohort: z.string() }),
    z.object({ report: z.enum(REPORTS), query: z.record(z.string(), z.unknown()) }),
  ]),
  async fetch(question, { reports, dataSource, operation }): Promise<Fetched> {
    if (!operation) throw new Error('Files are asked for with a deadline');
    const { nativeListings } = reports;
    const list = async () =>
      'cohort' in question ? nativeListings.members(dataSource, question.cohort) : listNative(question, nativeListings);
    const names = (await list()) ?? [];
    const name = 'cohort' in question ? 'cohorts' : REPORT_CAPABILITIES[question.report];
    const { download } = requireNativeFiles(dataSource, name);
    const files: Fetched['files'][number][] = [];
    for (const one of names) {
      const { body, size } = await download(one, operation.deadline);
      files.push({ bytes: await buffer(body), size });
    }
    return { names, again: (await list()) ?? [], files };
  },
  toPlain: ({ files }) => files.map(({ bytes }) => bytes.toString()),
  assertSound: ({ names, again, files }) => {
    expect(names).not.toEqual([]);
    expect(names).not.toContain('');
    expect(new Set(names).size).toBe(names.length);
    expect(again).toEqual(names);
    for (const { bytes, size } of files) if (size !== null) expect(bytes).toHaveLength(size);
  },
});
