/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a range header; undefined where the whole file is to be sent. Of several ranges, none is. */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return Number(to) === 0 ? 'unsatisfiable' : toRange(Math.max(0, size - Number(to)), size - 1, size);
  if (to !== '' && Number(to) < Number(from)) return undefined;
  return toRange(Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1), size);
}

function toRange(first: number, last: number, size: number): ByteRange | 'unsatisfiable' {
  return first < size ? { first, last } : 'unsatisfiable';
}
