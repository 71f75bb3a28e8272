import type { KnownWords } from './known-words.ts';
import type { Random } from './random.ts';

/** What no gateway would send, and anybody may. */
const WRONG: readonly unknown[] = [
  { __typename: 'DataSource' },
  { __typename: 'DataSource', key: 1 },
  { __typename: 'DataSource', key: '__proto__' },
  { __typename: 'DataSource', id: null, key: null },
  { __typename: 'User' },
  { __typename: 'User', nativeId: 'x' },
  { __typename: 'User', source: 'sandbox-openpanel', nativeId: 'x' },
  { __typename: 'User', source: { key: 'sandbox-openpanel' }, nativeId: '' },
  { __typename: 'User', source: { key: 'nowhere' }, nativeId: 'x' },
  { __typename: 'User', source: null, nativeId: null },
  { __typename: 'ExportTask', id: 7 },
  { __typename: 'ExportTask', id: 'RXhwb3J0VGFzazp4' },
  { __typename: 'ExportTask', id: 'RXhwb3J0VGFzazolMDA' },
  { __typename: 'Cohort', id: ['a'] },
  { __typename: 'Cohort', id: { a: 1 } },
  { __typename: 'Dashboard', id: '' },
  { __typename: 'EventDefinition', id: 'x', constructor: {} },
  { __typename: 'MetricsReport' },
  { __typename: 'Query' },
  { __typename: 'SavedChart', id: 'x' },
  { __typename: 'Nothing', id: 'x' },
  { __typename: '__proto__', id: 'x' },
  { __typename: 'String' },
  { __typename: '' },
  { __typename: 7 },
  { __typename: null },
  { id: 'x' },
  {},
  null,
  [],
  'DataSource',
  7,
  true,
];

/** What a gateway may ask of this subgraph's entities, mostly by keys that there are. */
export function makeRepresentations(known: KnownWords, random: Random): unknown[] {
  const isWrong = random.chance(0.3);
  return Array.from({ length: random.whole(isWrong ? 0 : 1, 4) }, () =>
    isWrong && random.chance(0.5) ? random.pick(WRONG) : makeRight(known, random),
  );
}

function makeRight({ ids, nativeIds, sources }: KnownWords, random: Random): unknown {
  const way = random.next();
  if (way < 0.15) return { __typename: 'DataSource', key: random.pick(sources).key };
  if (way < 0.3) {
    const nativeId = random.pick(nativeIds['User'] ?? ['user']);
    return { __typename: 'User', source: { key: random.pick(sources).key }, nativeId };
  }
  const [type, list] = random.pick(Object.entries(ids).filter(([, known]) => known.length > 0));
  return { __typename: type, id: random.pick(list) };
}
