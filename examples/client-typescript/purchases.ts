import { graphql, readFragment } from './__generated__/index.ts';
import type { PeriodInput, PurchaseLineFragment } from './__generated__/graphql.ts';
import type { Connection } from './connection.ts';

const PurchaseLine = graphql(`
  fragment PurchaseLine on Event {
    at
    userId
    country
    revenue
  }
`);

const PurchasesPage = graphql(`
  query PurchasesPage($source: String!, $period: PeriodInput!, $first: Int!, $after: String) {
    events(query: { source: $source, period: $period, names: ["purchase"] }, first: $first, after: $after) {
      nodes {
        ...PurchaseLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Which purchases. */
export interface PurchasesQuestion {
  readonly source: string;
  readonly period: PeriodInput;
  readonly pageSize: number;
}

/** Read purchases page by page, newest first. A page is asked for when the one before has been used up. */
export async function* readPurchases(
  connection: Connection,
  question: PurchasesQuestion,
): AsyncGenerator<readonly PurchaseLineFragment[]> {
  let after: string | null = null;
  do {
    const page = await fetchPage(connection, question, after);
    yield readFragment(PurchaseLine, page?.nodes ?? []);
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

async function fetchPage({ http }: Connection, question: PurchasesQuestion, after: string | null) {
  const { source, period, pageSize } = question;
  const { events } = await http.request(PurchasesPage, { source, period, first: pageSize, after });
  return events;
}

/** Read this many pages of purchases, and return lines to print. */
export async function describePurchases(
  connection: Connection,
  question: PurchasesQuestion,
  mostPages: number,
): Promise<string[]> {
  const lines: string[] = [];
  let page = 0;
  for await (const purchases of readPurchases(connection, question)) {
    page++;
    lines.push(`Purchases, page ${page}`);
    for (const { at, userId, country, revenue } of purchases) {
      lines.push(`${at} ${userId ?? 'somebody'} in ${country ?? 'an unknown country'}: ${revenue ?? 'no price'}`);
    }
    if (page === mostPages) break;
  }
  return lines;
}
