import { createHash } from 'node:crypto';

import { DAY_MS } from '../../world.ts';
import { ApiError } from '../requests/api-error.ts';
import type { ExportRequest } from '../requests/export-request.ts';
import type { Faults } from './faults.ts';

/** Of how many lines a file is, unless told otherwise. */
export const LINES_PER_PART = 50_000;

/** What exports live by. */
export interface ExportQueueOptions {
  readonly clock: () => number;
  /** How long an export is prepared, in milliseconds; default 2,000. */
  readonly preparationMs?: number;
  /** How many exports of a user are prepared at once; default 5. */
  readonly queueSize?: number;
  /** Above how many lines an export fails; default 100,000. */
  readonly maxLines?: number;
  /** Above how many cells an export fails; absent means never. */
  readonly maxCells?: number;
  /** Of how many lines a file is; default 50,000. */
  readonly linesPerPart?: number;
  /** How long files can be downloaded, in milliseconds; default one day. */
  readonly linkLifetimeMs?: number;
  readonly faults?: Faults;
}

/** An export that was asked for. */
export interface RawExport {
  readonly id: string;
  /** Whose it is. */
  readonly user: string;
  readonly request: ExportRequest;
  readonly createdAtMs: number;
  /** What its files are called before their numbers. */
  readonly name: string;
  isCanceled: boolean;
}

/** What becomes of an export. */
export type ExportState =
  | { readonly status: 'In progress'; readonly percent: number; readonly isCancellable: boolean }
  | { readonly status: 'Success!'; readonly parts: number; readonly expiresAtMs: number }
  | { readonly status: 'Error occurred' }
  | { readonly status: 'User error occurred'; readonly errorMessage: string }
  | { readonly status: 'Canceled by user' };

/** Every export that was asked for. */
export interface ExportQueue {
  /** Takes an export in, or refuses it where too many are being prepared. */
  add(user: string, request: ExportRequest): RawExport;
  /** Finds an export of a user, or refuses. */
  require(user: string, id: string): RawExport;
  /** Finds an export by what its files are called; undefined where there is none. */
  findByName(name: string): RawExport | undefined;
  stateOf(raw: RawExport): ExportState;
}

/** Counts the lines of an export. */
export type CountLines = (raw: RawExport) => number;

/** Remembers exports by the clock; nothing runs in the background. */
export function createExportQueue(options: ExportQueueOptions, countLines: CountLines): ExportQueue {
  const { clock, preparationMs = 2000, queueSize = 5, linkLifetimeMs = DAY_MS } = options;
  const exports = new Map<string, RawExport>();

  function stateOf(raw: RawExport): ExportState {
    if (raw.isCanceled) return { status: 'Canceled by user' };
    const percent = Math.floor(((clock() - raw.createdAtMs) / preparationMs) * 100);
    // When an export can be cancelled is not documented: the sample at 64 % cannot.
    // https://tracker.my.com/docs/api/export-api/raw/get (a stored copy, read 2026-11)
    if (percent < 100) return { status: 'In progress', percent, isCancellable: percent < 60 };
    const expiresAtMs = raw.createdAtMs + preparationMs + linkLifetimeMs;
    return toEnd(options, raw, { lines: countLines(raw), expiresAtMs });
  }
  return {
    add(user, request) {
      const running = [...exports.values()].filter(
        (raw) => raw.user === user && stateIsOpen(raw, clock() - preparationMs),
      );
      if (running.length >= queueSize) throw refuseMore(running);
      const id = String(exports.size + 1);
      const createdAtMs = clock();
      const hash = createHash('md5').update(`${id} ${createdAtMs}`).digest('hex');
      const raw = { id, user, request, createdAtMs, name: `${id}.${request.event}.${hash}`, isCanceled: false };
      exports.set(id, raw);
      return raw;
    },
    require(user, id) {
      const raw = exports.get(id);
      if (raw?.user !== user) throw new ApiError(404, { detail: 'Raw export request not found' });
      return raw;
    },
    findByName: (name) => [...exports.values()].find((raw) => raw.name === name),
    stateOf,
  };
}

function stateIsOpen({ isCanceled, createdAtMs }: RawExport, doneBeforeMs: number): boolean {
  return !isCanceled && createdAtMs > doneBeforeMs;
}

interface Outcome {
  readonly lines: number;
  readonly expiresAtMs: number;
}

function toEnd(options: ExportQueueOptions, raw: RawExport, { lines, expiresAtMs }: Outcome): ExportState {
  const { maxLines = 100_000, maxCells = Infinity, linesPerPart = LINES_PER_PART, faults = {} } = options;
  if (faults.interruptedExports?.includes(raw.id)) return { status: 'Error occurred' };
  if (lines > maxLines) return { status: 'User error occurred', errorMessage: 'Too many lines in export' };
  if (lines * raw.request.selectors.length > maxCells) {
    return { status: 'User error occurred', errorMessage: 'Too much export data' };
  }
  // What there is of an empty export is not documented: one file with nothing but its header.
  return { status: 'Success!', parts: Math.max(1, Math.ceil(lines / linesPerPart)), expiresAtMs };
}

function refuseMore(running: readonly RawExport[]): ApiError {
  return new ApiError(400, {
    detail: 'Maximum number of simultaneous requests reached. Wait until there is space available in the queue.',
    info: { exports: running.map(({ id }) => ({ idRawExport: id })) },
  });
}
