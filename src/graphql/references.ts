import { z } from 'zod';
import type { DataSource } from '../analytics/data-source.ts';
import type { SourceUser } from '../analytics/users.ts';
import type { GraphQLContext } from './context.ts';
import { findNodeOf } from './nodes.ts';

// What a gateway sends as a representation is any JSON object: what is no key of ours finds nothing.
const dataSourceKey = z.object({ key: z.string() });
const userKey = z.object({ source: dataSourceKey, nativeId: z.string().min(1) });

/** Given what a gateway knows of a data source, return it; null where there is none. */
export async function findDataSource(reference: object, context: GraphQLContext): Promise<DataSource> {
  const parsed = dataSourceKey.safeParse(reference);
  if (!parsed.success) return findNodeOf('DataSource')(reference, context);
  return (context.dataSources.find(parsed.data.key) ?? null) as DataSource;
}

/** Given what a gateway knows of a user, return them; null where there is no such data source. */
export async function findUser(reference: object, context: GraphQLContext): Promise<SourceUser> {
  const parsed = userKey.safeParse(reference);
  if (!parsed.success) return findNodeOf('User')(reference, context);
  const source = context.dataSources.find(parsed.data.source.key);
  return (source ? { source, nativeId: parsed.data.nativeId } : null) as SourceUser;
}
