import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFacts } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioKey, type GrowingioUnderTest } from './growingio-server.ts';

const world = readWorld();
const facts = readFacts(world);
let server: GrowingioUnderTest;

beforeAll(async () => {
  // In more than one file, which only today's API has.
  server = await startGrowingioUnderTest(world, { emulator: { maxUsersPerFile: 900 } });
});
afterAll(() => server.close());

const KEYS: readonly GrowingioKey[] = ['today', 'older'];
const PAYERS = 's1QhY7Mf';
const RECENT = 'x5BgI0Tw';
const NOBODY = 'N2aFj6Zc';

type Member = { readonly userId: string; readonly attributes: Readonly<Record<string, string | null>> };

/** Members in the order of the world's people; tabs and line breaks cannot be in such a file. */
function membersOf(isMember: (user: number) => boolean, isVisitor: boolean): Member[] {
  return world.users.flatMap((person, user) => {
    if (!isMember(user)) return [];
    const context = world.contexts[person.context];
    const name = isVisitor ? {} : { name: `${person.firstName} ${person.lastName}`.trim() || null };
    const attributes = { ...name, country: context?.place.country || null, platform: context?.platform || null };
    return [{ userId: isVisitor ? person.deviceId : person.id, attributes }];
  });
}

const payers = new Set(facts.flatMap(({ cents, user }) => (cents > 0 ? [user] : [])));
const active = new Set(facts.map(({ user }) => user));
const LAST_WEEK_MS = Date.parse('2026-06-09T00:00:00Z');
const recent = new Set(facts.flatMap(({ at, user }) => (at >= LAST_WEEK_MS ? [user] : [])));

const EXPECTED: Readonly<Record<string, readonly Member[]>> = {
  [PAYERS]: membersOf((user) => payers.has(user), false),
  S3vUk8Pd: membersOf((user) => active.has(user) && world.users[user]?.isAnonymous === false, false),
  [RECENT]: membersOf((user) => recent.has(user), true),
  [NOBODY]: [],
};

interface Cohort {
  readonly id: string;
  readonly nativeId: string;
  readonly name: string;
  readonly size: number;
  readonly userKind: string;
  readonly updatedAt: string;
}

async function listCohorts(key: GrowingioKey): Promise<readonly Cohort[]> {
  const operation = `query ($key: String!) { dataSource(key: $key) {
    cohorts(first: 10) { totalCount nodes { id nativeId name size userKind updatedAt } }
  } }`;
  const { dataSource } = await server.query<{ dataSource: { cohorts: { nodes: Cohort[]; totalCount: number } } }>(
    operation,
    { key },
  );
  expect(dataSource.cohorts.totalCount).toBe(4);
  return dataSource.cohorts.nodes;
}

interface Page {
  readonly nodes: readonly Member[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
  readonly idName: string;
  readonly attributeNames: readonly string[];
  readonly csv: string;
}

const MEMBERS = `query ($id: ID!, $first: Int!, $after: String) { cohort(id: $id) { members(first: $first, after: $after) {
  nodes { userId attributes } pageInfo { hasNextPage endCursor } totalCount idName attributeNames csv
} } }`;

async function readPages(id: string, first: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let after: string | null = null; ;) {
    const data: { cohort: { members: Page } } = await server.query(MEMBERS, { id, first, after });
    pages.push(data.cohort.members);
    after = data.cohort.members.pageInfo.endCursor;
    if (!data.cohort.members.pageInfo.hasNextPage) return pages;
  }
}

async function requireCohort(key: GrowingioKey, nativeId: string): Promise<Cohort> {
  const cohort = (await listCohorts(key)).find((one) => one.nativeId === nativeId);
  if (!cohort) throw new Error(`There is no ${nativeId}`);
  return cohort;
}

describe.each(KEYS)('cohorts of GrowingIO through %s', (key) => {
  it('are as large as the world says', async () => {
    const cohorts = await listCohorts(key);
    expect(cohorts.map(({ nativeId, size }) => [nativeId, size])).toEqual(
      [PAYERS, 'S3vUk8Pd', RECENT, NOBODY].map((id) => [id, EXPECTED[id]?.length]),
    );
    expect(cohorts.map(({ name, userKind, updatedAt }) => [name, userKind, updatedAt])).toEqual([
      ['付费用户', 'cs1', '2026-06-15'],
      ['登录用户', 'cs1', '2026-06-15'],
      ['近 7 天活跃, 访问用户', 'u', '2026-06-16'],
      ['待召回用户', 'cs1', '2026-05-17'],
    ]);
  });

  it('hand out their members page by page', async () => {
    const { id, size } = await requireCohort(key, RECENT);
    const pages = await readPages(id, 1000);
    expect(pages).toHaveLength(Math.ceil(size / 1000));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap(({ nodes }) => nodes)).toEqual(EXPECTED[RECENT]);
    expect(new Set(pages.map(({ totalCount }) => totalCount))).toEqual(new Set([size]));
    expect(pages[0]).toMatchObject({
      idName: key === 'today' ? '访问用户ID' : 'u',
      attributeNames: ['country', 'platform'],
    });
    const rows = Papa.parse<Record<string, string>>(pages[1]?.csv ?? '', { header: true, skipEmptyLines: true }).data;
    expect(rows.map(({ user_id: userId }) => userId)).toEqual(
      EXPECTED[RECENT]?.slice(1000, 2000).map(({ userId }) => userId),
    );
  });

  it('are one CSV, with every attribute', async () => {
    const { id } = await requireCohort(key, PAYERS);
    const operation = `query ($id: ID!) { cohort(id: $id) { csv(options: { formulas: RAW, nullText: "NULL" }) } }`;
    const { cohort } = await server.query<{ cohort: { csv: string } }>(operation, { id });
    const rows = Papa.parse<Record<string, string>>(cohort.csv, { header: true, skipEmptyLines: true }).data;
    expect(rows).toEqual(
      EXPECTED[PAYERS]?.map(({ userId, attributes: { name, country, platform } }) => ({
        user_id: userId,
        name: name ?? 'NULL',
        country: country ?? 'NULL',
        platform: platform ?? 'NULL',
      })),
    );
    expect(rows.length).toBeGreaterThan(900);
    // Numbers given by an older sign-up system are still texts.
    expect(rows.some(({ user_id: userId }) => /^\d+$/.test(userId ?? ''))).toBe(true);
  });

  it('may be empty', async () => {
    const { id } = await requireCohort(key, NOBODY);
    const [page] = await readPages(id, 50);
    expect(page).toMatchObject({ nodes: [], totalCount: 0, idName: 'cs1' });
    expect(page?.attributeNames).toEqual(['name', 'country', 'platform']);
    expect(page?.csv).toBe('user_id,name,country,platform\r\n');
  });

  it('cost one reading for a page and the CSV together', async () => {
    const { id } = await requireCohort(key, PAYERS);
    server.relays[key].forget();
    const operation = `query ($id: ID!) { cohort(id: $id) { members(first: 1) { totalCount } csv
      again: members(first: 2) { totalCount } } }`;
    await server.query(operation, { id });
    const asked = server.relays[key].requests.map(({ path }) => path.split('/').at(-1));
    // Today's API is asked until the files are there; they are fetched from another host.
    expect(asked.filter((path) => path === 'segmentations.json')).toHaveLength(1);
    const users = asked.filter((path) => path?.startsWith('users'));
    expect(users.length).toBeGreaterThanOrEqual(1);
    expect(users.length).toBeLessThanOrEqual(key === 'today' ? 2 : 1);
    expect(asked).toHaveLength(1 + users.length);
  });
});

describe.each(KEYS)('event definitions of GrowingIO through %s', (key) => {
  const EXPECTED_RULES = [
    ['f2503720', '首页', 'page'],
    ['0a91c4de', '付费墙', 'imp'],
    ['5b7e2f10', '注册按钮', 'clck'],
    ['00471300', '注册', 'page'],
    ['9c3d8e44', '注册', 'sbmt'],
    ['7d20b6fa', '搜索框', 'chng'],
    ['e81f0593', '购买, 立即开通', 'clck'],
    ['3f6a9b2c', 'Banner "Spring, 2024"', 'imp'],
  ];

  it('are the rules, with commas and quotes in their names', async () => {
    const operation = `query ($key: String!) { dataSource(key: $key) {
      eventDefinitions(first: 100) { totalCount nodes { id nativeId name kind } csv }
    } }`;
    interface Listed {
      readonly totalCount: number;
      readonly nodes: readonly { id: string; nativeId: string; name: string; kind: string }[];
      readonly csv: string;
    }
    const { dataSource } = await server.query<{ dataSource: { eventDefinitions: Listed } }>(operation, { key });
    const { totalCount, nodes, csv } = dataSource.eventDefinitions;
    expect(totalCount).toBe(EXPECTED_RULES.length);
    expect(nodes.map(({ nativeId, name, kind }) => [nativeId, name, kind])).toEqual(EXPECTED_RULES);
    const rows = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data.slice(1);
    for (const [index, rule] of EXPECTED_RULES.entries()) expect(rows[index]).toEqual(expect.arrayContaining(rule));

    const [, , , , namesake] = nodes;
    const found = await server.query(
      `query ($id: ID!) { node(id: $id) { ... on EventDefinition { nativeId kind } } }`,
      {
        id: namesake?.id,
      },
    );
    expect(found).toEqual({ node: { nativeId: '9c3d8e44', kind: 'sbmt' } });
  });
});
