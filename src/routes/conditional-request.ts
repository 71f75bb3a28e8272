import type { IncomingHttpHeaders } from 'node:http';
import { namesTag, tagsOf } from './entity-tags.ts';

/** The bytes that a caller has or wants, as HTTP names them. */
export interface Representation {
  /** Strong, quotes included. */
  readonly etag: string;
  /** Milliseconds since the epoch, a whole second. */
  readonly modifiedAt: number;
  readonly byteSize: number;
}

/** What is answered: 200 all bytes, 206 those from `start` to `end`, both included, otherwise none. */
export type Verdict =
  { readonly status: 200 | 304 | 412 | 416 } | { readonly status: 206; readonly start: number; readonly end: number };

/** Given the conditions of a GET or HEAD (RFC 9110, sections 13 and 14), return what is answered. */
export function judge(
  headers: IncomingHttpHeaders,
  { method, representation }: { readonly method: string; readonly representation: Representation },
): Verdict {
  const { etag } = representation;
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && ifMatch.trim() !== '*' && !tagsOf(ifMatch).includes(etag)) return { status: 412 };
  if (isKnown(headers, representation)) return { status: 304 };
  // A range is a matter of GET alone.
  if (method !== 'GET' || headers.range === undefined || !mayBeResumed(headers['if-range'], representation)) {
    return { status: 200 };
  }
  return toRange(headers.range, representation.byteSize);
}

/** Whether the caller has these bytes already. The date counts only where no tag is given. */
function isKnown(headers: IncomingHttpHeaders, { etag, modifiedAt }: Representation): boolean {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return namesTag(ifNoneMatch, etag);
  return modifiedAt <= Date.parse(headers['if-modified-since'] ?? '');
}

/** Whether the part that the caller has is one of these bytes. A weak tag does not say that. */
function mayBeResumed(ifRange: string | string[] | undefined, { etag, modifiedAt }: Representation): boolean {
  if (ifRange === undefined) return true;
  if (typeof ifRange !== 'string') return false;
  const isTag = /^(?:W\/)?"/.test(ifRange);
  return isTag ? ifRange.trim() === etag : Date.parse(ifRange) === modifiedAt;
}

const RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

// What is no range of bytes, and several at once, is answered with everything: both are allowed, and nobody is left without an answer.
function toRange(range: string, byteSize: number): Verdict {
  const [, first = '', last = ''] = RANGE.exec(range) ?? [];
  if (first === '' && last === '') return { status: 200 };
  if (first === '') {
    const start = Math.max(0, byteSize - Number(last));
    return start < byteSize ? { status: 206, start, end: byteSize - 1 } : { status: 416 };
  }
  if (last !== '' && Number(last) < Number(first)) return { status: 200 };
  const end = last === '' ? byteSize - 1 : Math.min(Number(last), byteSize - 1);
  return Number(first) < byteSize ? { status: 206, start: Number(first), end } : { status: 416 };
}
