/** A moment later than any. */
export const NEVER = '9223372036854775807';

/** The columns by which rows of one user or session are known. */
export const KEY = 'key_hash, key_check';

/** Given conditions of a funnel by their indexes, return the SQL of whether a row passes any of them. */
export function toMarkSql(conditions: readonly number[]): string {
  return `(${conditions.map((condition) => `is_${condition}`).join(' or ')})`;
}
