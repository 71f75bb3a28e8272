import type { CohortMembersPage } from '../../analytics/cohorts.ts';
import type { SourceUser } from '../../analytics/users.ts';
import { toCohortMembersTable } from '../../tabular/listing-tables.ts';
import type { CohortMemberConnectionResolvers } from '../__generated__/resolvers.ts';
import { connectionFields } from '../connection-fields.ts';
import { tabularFields } from '../tabular-fields.ts';

const { edges, nodes, ...fields } = connectionFields(({ page }: CohortMembersPage) => page);

/** A page of a cohort's members. */
export const CohortMemberConnection: CohortMemberConnectionResolvers = {
  ...fields,
  edges: (members) => edges(members).map(({ node, cursor }) => ({ node: toMember(node, members), cursor })),
  nodes: (members) => nodes(members).map((member) => toMember(member, members)),
  ...tabularFields(({ page, attributeNames }: CohortMembersPage) =>
    toCohortMembersTable({ members: page.items, attributeNames }),
  ),
};

function toMember(
  { userId, attributes }: CohortMembersPage['page']['items'][number],
  { source, attributeNames }: CohortMembersPage,
): { userId: string; user: SourceUser; attributes: Record<string, unknown> } {
  return {
    userId,
    user: { source, nativeId: userId },
    attributes: Object.fromEntries(attributeNames.map((name, index) => [name, attributes[index] ?? null])),
  };
}
