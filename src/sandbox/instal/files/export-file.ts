import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { World } from '../../world.ts';
import { toCsv } from '../report/csv.ts';
import type { ExportRequest } from '../requests/export-request.ts';

/** How files are written; the document says no more than that they are CSV. */
export interface FileForm {
  /** Whether they are gzip files; absent means those above 1 MB are. */
  readonly isCompressed?: boolean;
  /** Whether they begin with a byte order mark; default false. */
  readonly hasByteOrderMark?: boolean;
}

/** A finished export. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  /** From when on it cannot be downloaded any more, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Which export a file is of. */
export interface FileOrigin extends FileForm {
  /** The task's. */
  readonly id: string;
  readonly expiresAtMs: number;
}

const PLAIN_BYTES = 1_000_000;

/** Writes an export; the same request gives the same bytes. */
export function createExportFile(world: World, request: ExportRequest, origin: FileOrigin): ExportFile {
  const { id, expiresAtMs, isCompressed, hasByteOrderMark = false } = origin;
  const text = Buffer.from(`${hasByteOrderMark ? '\uFEFF' : ''}${toCsv(world, request)}`);
  const isGzip = isCompressed ?? text.length > PLAIN_BYTES;
  const bytes = isGzip ? gzipSync(text) : text;
  return {
    name: `${id}.csv${isGzip ? '.gz' : ''}`,
    bytes,
    contentType: isGzip ? 'application/gzip' : 'text/csv',
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
    expiresAtMs,
  };
}
