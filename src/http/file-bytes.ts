import type { FileBytes, FilePosition, HttpClient } from '../analytics/http-client.ts';
import type { Download, Downloads } from './downloads.ts';
import type { ProviderFailures } from './provider-failures.ts';
import type { ResponseHeaders } from './rate-limit-headers.ts';

/** Given what opens links, return what reads the bytes of files, on from where somebody stopped. */
export function createFileReader(
  { openDownload }: Pick<Downloads, 'openDownload'>,
  failures: Pick<ProviderFailures, 'invalid'>,
): HttpClient['download'] {
  return async ({ url, headers }, { offset, validator }, deadline) => {
    const options = { isRaw: true, ...(headers && { headers }) };
    if (offset > 0 && validator !== null) {
      const opened = await openDownload(url, { ...options, range: { from: offset }, ifRange: validator }, deadline);
      if (opened.status !== 206 && opened.status !== 416) return toWholeFile(opened);
      const rest = toRest(opened, { offset, validator });
      if (rest) return rest;
      opened.body.destroy();
    }
    const whole = await openDownload(url, options, deadline);
    if (whole.status !== 206) return toWholeFile(whole);
    whole.body.destroy();
    throw failures.invalid('a part of a file where all of it was asked for');
  };
}

function toWholeFile({ headers, body }: Download): FileBytes {
  return { body, offset: 0, size: toNumber(headers['content-length']), validator: toValidator(headers) };
}

interface KnownPosition extends FilePosition {
  readonly validator: string;
}

/** Null where the part that came is not surely the rest of the same file: not every server knows of `If-Range`. */
function toRest({ status, headers, body }: Download, { offset, validator }: KnownPosition): FileBytes | null {
  if (!isOf(headers, { validator, isPart: status === 206 })) return null;
  const size = status === 206 ? toSizeOfRest(headers, offset) : toSizeWithoutRest(headers, offset);
  return size === undefined ? null : { body, offset, size, validator };
}

/** The file's size, null where it is not stated; undefined where the part is not all that lies behind the offset. */
function toSizeOfRest(headers: ResponseHeaders, offset: number): number | null | undefined {
  const [, first, last = '', total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(String(headers['content-range'])) ?? [];
  if (toNumber(first) !== offset) return undefined;
  const size = toNumber(total);
  const length = toNumber(headers['content-length']) ?? Number(last) - offset + 1;
  const end = offset + length;
  return Number(last) + 1 === end && (size ?? end) === end ? size : undefined;
}

/** The file's size where it ends at the offset. */
function toSizeWithoutRest(headers: ResponseHeaders, offset: number): number | undefined {
  const [, size] = /^bytes \*\/(\d+)$/.exec(String(headers['content-range'])) ?? [];
  return toNumber(size) === offset ? offset : undefined;
}

/** Whether an answer is about the state that `validator` names. */
function isOf(
  headers: ResponseHeaders,
  { validator, isPart }: { readonly validator: string; readonly isPart: boolean },
): boolean {
  const isTag = validator.startsWith('"');
  const stated = headers[isTag ? 'etag' : 'last-modified'];
  // Beside a part an entity tag must stand and a date need not; a 416 need not name the file (RFC 9110, 15.3.7 and 15.5.17).
  return stated === validator || (stated === undefined && !(isTag && isPart));
}

// What changes twice in the same second keeps its date: it names one state only of a file that has been left alone (RFC 9110, 8.8.2.2).
const LEFT_ALONE_MS = 60_000;

/** Something that can stand in `If-Range`; a weak entity tag says that the bytes may be others. */
function toValidator({ etag, date, 'last-modified': lastModified }: ResponseHeaders): string | null {
  if (typeof etag === 'string') return etag.startsWith('"') ? etag : null;
  if (typeof lastModified !== 'string' || typeof date !== 'string') return null;
  return Date.parse(date) - Date.parse(lastModified) >= LEFT_ALONE_MS ? lastModified : null;
}

function toNumber(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
