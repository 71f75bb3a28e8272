import { z } from 'zod';
import type { DataSource } from '../analytics/data-source.ts';
import { toGlobalId } from '../analytics/global-id.ts';
import type { GraphQLContext } from './context.ts';
import { findNodeOf } from './nodes.ts';

// What a gateway sends as a representation is any JSON object: what is no key of ours finds nothing.
const dataSourceKey = z.object({ key: z.string() });
const nativeKey = z.object({ source: dataSourceKey, nativeId: z.string() });

/** Given what a gateway knows of a data source, return it; null where there is none. */
export async function findDataSource(reference: object, context: GraphQLContext): Promise<DataSource> {
  const parsed = dataSourceKey.safeParse(reference);
  if (!parsed.success) return findNodeOf('DataSource')(reference, context);
  return (context.dataSources.find(parsed.data.key) ?? null) as DataSource;
}

/** Given a type, return what finds a thing of it by the data source's key and the provider's own id, or by its global id; null where there is none. */
export function findNative<T extends 'User' | 'Cohort' | 'Dashboard' | 'EventDefinition'>(type: T) {
  const findById = findNodeOf(type);
  return (reference: object, context: GraphQLContext) => {
    const { data } = nativeKey.safeParse(reference);
    return findById(data ? { id: toGlobalId(type, data.source.key, data.nativeId) } : reference, context);
  };
}
