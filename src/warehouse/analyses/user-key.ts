import { QueryLimitError } from '../../errors.ts';
import type { EventRelation } from './event-relation.ts';

/** The columns by which rows of one user are known, as a list for SQL. */
export const USER_KEY = 'user_hash, user_check';

/**
 * Given events, return the SQL of the columns {@link USER_KEY}; refuses events without users. Texts of ids are slow to group and large to keep: 96 bits of two hashes
 * stand for them. That two of ten million users share these has a chance of one in 10^15.
 */
export function toUserKeySql({ columns }: EventRelation): string {
  if (!columns.has('user_id')) {
    throw new QueryLimitError('The exported rows have no user_id, so that nobody can be told to have come back');
  }
  return 'hash(user_id) as user_hash, cast(hash(reverse(user_id)) >> 32 as uinteger) as user_check';
}
