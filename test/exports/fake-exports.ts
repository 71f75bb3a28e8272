import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ExportsCapability, ExportTable, RowsQuery, UpstreamExport } from '../../src/analytics/exports.ts';
import type { FileBytes, FilePosition } from '../../src/analytics/http-client.ts';
import type { Deadline } from '../../src/analytics/deadline.ts';
import { OperationCancelledError, ProviderRejectedError, ProviderUnavailableError } from '../../src/errors.ts';

/** An export that the fake provider was asked for. */
export interface Asked {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly query: RowsQuery;
  /** How often it was checked, this time included. */
  checks: number;
}

/** What the fake provider does; a test says what is other than usual. */
export interface Behaviour {
  /** How many exports it was asked for before. Throws where it takes none. */
  onStart(count: number): void | Promise<void>;
  /** `ready`: what the usual provider answers once an export is ready. */
  check(asked: Asked, ready: () => UpstreamExport): UpstreamExport | Promise<UpstreamExport>;
  /** The files of an export. */
  filesOf(asked: Asked): readonly (string | Buffer)[];
  /** Rows of each file as the provider announces them; null where it does not. */
  announce(content: string | Buffer): number | null;
  /** `content`: undefined where the link is not known. */
  download(content: Buffer | undefined, from: FilePosition, deadline: Deadline): FileBytes | Promise<FileBytes>;
  onCancel(id: string): void | Promise<void>;
}

/** A provider of exports whose behaviour each test chooses. */
export interface FakeExports {
  readonly capability: ExportsCapability;
  /** In the order in which they were asked for. */
  readonly asked: Asked[];
  readonly cancelled: string[];
  /** From where on each file was read; a file is named by its link. */
  readonly downloads: ({ readonly name: string } & FilePosition)[];
  /** Begin anew: as usual, but for what is given. */
  behave(behaviour?: Partial<Behaviour>): void;
}

const STEP_MS = 10 * 60_000;
const HEADER = 'at,number,name,share';

/** The rows of a window, one for each ten minutes since the epoch, as the provider writes them and as we do. */
export function rowsOf(from: number, to: number): string[] {
  const rows: string[] = [];
  for (let at = Math.ceil(from / STEP_MS) * STEP_MS; at < to; at += STEP_MS) {
    const number = at / STEP_MS;
    const name = number % 3 === 0 ? `"name, ${number}"` : `name ${number}`;
    rows.push(`${new Date(at).toISOString()},${number},${name},${number % 2 === 0 ? '' : '0.25'}`);
  }
  return rows;
}

/** A file with a header. */
export function fileOf(rows: readonly string[]): string {
  return [HEADER, ...rows, ''].join('\n');
}

/** Rows, cut into so many files. */
export function cutIntoFiles(rows: readonly string[], count: number): string[] {
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, index) => fileOf(rows.slice(index * size, (index + 1) * size)));
}

/** The bytes of a file, read as a good server hands them out: from where the reader stopped, if it is the same state of the file. */
export function serve(content: Buffer, from: FilePosition): FileBytes {
  const validator = `"${createHash('sha256').update(content).digest('hex')}"`;
  const offset = from.validator === validator ? from.offset : 0;
  return { body: Readable.from([content.subarray(offset)]), offset, size: content.length, validator };
}

/** The first bytes of a file, then a lost connection. */
export function serveStart(content: Buffer, from: FilePosition, bytes: number): FileBytes {
  const served = serve(content, from);
  const start = content.subarray(served.offset, served.offset + bytes);
  async function* read() {
    yield start;
    // What has arrived is to lie on the disk by then.
    await delay(50);
    throw new ProviderUnavailableError('The connection was lost.');
  }
  return { ...served, body: Readable.from(read()) };
}

/** The first bytes of a file, then nothing until the caller leaves. */
export function serveForever(content: Buffer, from: FilePosition, { signal }: Deadline): FileBytes {
  async function* read() {
    yield content.subarray(0, 100);
    if (!signal.aborted) await once(signal, 'abort');
    throw new OperationCancelledError('The caller left.');
  }
  return { ...serve(content, from), body: Readable.from(read()) };
}

/** The table that is exported. */
export const ROWS_TABLE: ExportTable = {
  name: 'rows',
  description: 'A row for each ten minutes.',
  columns: [
    { name: 'at', type: 'DATETIME', description: 'When.' },
    { name: 'number', type: 'INTEGER', description: 'Which.' },
    { name: 'name', type: 'TEXT', description: 'Its name.' },
    { name: 'share', type: 'NUMBER', description: 'A quarter or nothing.' },
  ],
  takesOtherColumns: false,
  defaultColumns: ['at', 'number', 'name', 'share'],
  filters: [
    { name: 'country', description: 'Where.', maxValues: 2 },
    { name: 'campaign', description: 'Which campaign.', maxValues: null },
  ],
};

/** A table of which not all columns are known. */
export const OPEN_TABLE: ExportTable = { ...ROWS_TABLE, name: 'openRows', takesOtherColumns: true };

/** Return such a provider, in its usual behaviour: two checks, then all rows in one file. */
export function createFakeExports(): FakeExports {
  const asked: Asked[] = [];
  const cancelled: string[] = [];
  const downloads: ({ readonly name: string } & FilePosition)[] = [];
  const contents = new Map<string, Buffer>();
  const usual: Behaviour = {
    onStart: () => undefined,
    check: ({ checks }, ready) => (checks < 3 ? { state: 'RUNNING', progress: checks / 4 } : ready()),
    filesOf: ({ from, to }) => [fileOf(rowsOf(from, to))],
    announce: () => null,
    download: (content, from) => {
      if (!content) throw new ProviderRejectedError('The link is not known.');
      return serve(content, from);
    },
    onCancel: () => undefined,
  };
  let behaviour = usual;
  let begun = 0;

  const ready = (one: Asked): UpstreamExport => ({
    state: 'READY',
    files: behaviour.filesOf(one).map((content, index) => {
      const name = `${one.id}/${index}`;
      contents.set(name, Buffer.from(content));
      return { url: `https://files.example/${name}`, expiresAt: null, rowCount: behaviour.announce(content) };
    }),
  });

  const capability: ExportsCapability = {
    limits: {
      intervals: [],
      maxPoints: null,
      maxDays: 400,
      earliestDate: '2025-01-01',
      maxBreakdowns: 0,
      filterOperators: ['IS'],
      timezones: 'ANY',
      supportsInstants: true,
    },
    tables: [ROWS_TABLE, OPEN_TABLE],
    options: z.strictObject({ tone: z.string().optional() }),
    shortestWindowMs: 60 * 60_000,
    layoutOf: ({ columns }) => ({
      dialect: { delimiter: ',', header: HEADER.split(','), columns: HEADER.split(','), nullTexts: [''] },
      columns: columns.map((name) => ({
        name,
        type: ROWS_TABLE.columns.find((column) => column.name === name)?.type ?? 'TEXT',
        source: { kind: 'AS_IS', column: name },
      })),
    }),
    start: async (query) => {
      await behaviour.onStart(asked.length);
      const { start, end } = query.period;
      const id = `${begun}-${asked.length + 1}`;
      asked.push({ id, from: start.epochMilliseconds, to: end.epochMilliseconds, query, checks: 0 });
      return id;
    },
    check: async (id) => {
      const one = asked.find((known) => known.id === id);
      if (!one) throw new ProviderRejectedError(`There is no export ${id}.`);
      one.checks += 1;
      return behaviour.check(one, () => ready(one));
    },
    cancel: async (id) => {
      cancelled.push(id);
      await behaviour.onCancel(id);
      return true;
    },
    download: async ({ url }, from, deadline) => {
      const name = url.replace('https://files.example/', '');
      downloads.push({ name, ...from });
      // What follows a question mark makes a link another one, to the same file.
      return behaviour.download(contents.get(name.replace(/\?.*$/, '')), from, deadline);
    },
  };
  return {
    capability,
    asked,
    cancelled,
    downloads,
    behave(changed = {}) {
      behaviour = { ...usual, ...changed };
      begun += 1;
      asked.length = cancelled.length = downloads.length = 0;
      contents.clear();
    },
  };
}
