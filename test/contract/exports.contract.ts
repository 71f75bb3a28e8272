import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Deadline } from '../../src/analytics/deadline.ts';
import {
  columnsReadBy,
  type ExportsCapability,
  type RowsLayout,
  type UpstreamExport,
} from '../../src/analytics/exports.ts';
import { requireCapability } from '../../src/analytics/provider.ts';
import { toFailure } from '../../src/reports/failures.ts';
import { resolveRows, rowsRequestInput } from '../../src/exports/rows-query.ts';
import { defineContract } from './contract.ts';

/** One export, from the question to the text of its files. */
interface Exported {
  readonly layout: RowsLayout;
  /** The id at the provider. */
  readonly id: string;
  readonly outcome: UpstreamExport;
  readonly texts: readonly string[];
}

const MOST_CHECKS = 10;

export const exportsContract = defineContract({
  smallest: { table: 'any', period: { preset: 'YESTERDAY' }, filters: [] },
  input: rowsRequestInput,
  async fetch(question, { dataSource, operation }): Promise<Exported> {
    if (!operation) throw new Error('Exports are asked with a clock and a deadline');
    const { clock, deadline } = operation;
    try {
      const capability = requireCapability(dataSource, 'exports');
      const query = resolveRows(question, dataSource, { now: clock.now(), path: 'rows' });
      const id = await capability.start(query, deadline);
      const outcome = await checkUntilDone(capability, id, { since: clock.now(), deadline });
      const files = outcome.state === 'READY' ? outcome.files : [];
      const texts: string[] = [];
      for (const file of files) {
        const { body, offset } = await capability.download(file, { offset: 0, validator: null }, deadline);
        expect(offset).toBe(0);
        texts.push(toText(await buffer(body)));
      }
      return { layout: capability.layoutOf(query), id, outcome, texts };
    } catch (error) {
      throw toFailure(error, dataSource);
    }
  },
  toPlain: ({ layout, id, outcome, texts }) => ({
    id,
    columns: layout.columns.map(({ name, type }) => ({ name, type })),
    state: outcome.state,
    ...('message' in outcome && { message: outcome.message }),
    texts,
  }),
  assertSound: ({ layout, texts }) => {
    const { header, columns } = layout.dialect;
    expect(new Set(layout.columns.map(({ name }) => name)).size).toBe(layout.columns.length);
    if (header) expect(header).toEqual(columns);
    for (const { source } of layout.columns) {
      const read = [...columnsReadBy(source)];
      expect(columns).toEqual(expect.arrayContaining(read));
    }
    if (header) for (const text of texts) expect(text.startsWith(header[0] ?? '')).toBe(true);
  },
});

async function checkUntilDone(
  capability: ExportsCapability,
  id: string,
  { since, deadline }: { since: number; deadline: Deadline },
): Promise<UpstreamExport> {
  for (let check = 1; ; check++) {
    const outcome = await capability.check(id, since, deadline);
    if (outcome.state !== 'RUNNING' || check === MOST_CHECKS) return outcome;
    expect(outcome.progress ?? 0).toBeGreaterThanOrEqual(0);
    expect(outcome.progress ?? 1).toBeLessThanOrEqual(1);
  }
}

/** Files may be compressed whatever they are called. */
function toText(bytes: Buffer): string {
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isCompressed ? gunzipSync(bytes) : bytes).toString().replace(/^\uFEFF/, '');
}
