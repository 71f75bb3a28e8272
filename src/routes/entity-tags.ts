import { hash } from 'node:crypto';

/** Given an answer's text, return its weak tag: equal texts have equal tags, however they are compressed on the way. */
export function toWeakTag(text: string): string {
  return `W/"${hash('sha1', text, 'base64url')}"`;
}

/** Whether an `If-None-Match` names a tag; weak or strong makes no difference to it (RFC 9110, section 13.1.2). */
export function namesTag(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).some((tag) => opaque(tag) === opaque(etag));
}

/** The tags of a header that lists them. */
export function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
