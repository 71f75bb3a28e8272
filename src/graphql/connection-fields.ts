import type { Page } from '../analytics/page.ts';

/** The `pageInfo` field's value. */
export interface PageInfoValue {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Given what holds a page, return the resolvers that every connection over a whole list has in common. */
export function connectionFields<Connection, Item>(pageOf: (connection: Connection) => Page<Item>) {
  return {
    edges: (connection: Connection): { node: Item; cursor: string }[] => {
      const { items, cursors } = pageOf(connection);
      return items.map((node, index) => ({ node, cursor: cursors[index] ?? '' }));
    },
    nodes: (connection: Connection): Item[] => [...pageOf(connection).items],
    totalCount: (connection: Connection): number => pageOf(connection).totalCount,
    pageInfo: (connection: Connection): PageInfoValue => {
      const { cursors, hasPreviousPage, hasNextPage } = pageOf(connection);
      return { hasPreviousPage, hasNextPage, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null };
    },
  };
}
