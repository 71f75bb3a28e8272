import { refuse } from '../requests/api-error.ts';
import type { ApiVersion } from '../requests/queries.ts';
import { SEGMENTATIONS } from '../saved/segmentations.ts';
import type { SavedSegmentation } from '../saved/segmentations.ts';
import type { World } from '../../world.ts';
import type { Facts } from '../facts/facts.ts';

/** A segmentation and who is in it. */
export interface UserList {
  readonly saved: SavedSegmentation;
  /** Indexes into the world's users, in order. */
  readonly users: readonly number[];
}

/** The segmentations of the project. */
export interface UserLists {
  all(): UserList[];
  /** Finds one by its id, or refuses with 404. */
  require(id: string): UserList;
}

/** Creates the lists; who is in them is worked out when first asked for. */
export function createUserLists(readFacts: () => Facts): UserLists {
  const known = new Map<string, UserList>();
  const read = (saved: SavedSegmentation): UserList => {
    const list = known.get(saved.id) ?? { saved, users: collectUsers(readFacts(), saved) };
    known.set(saved.id, list);
    return list;
  };
  return {
    all: () => SEGMENTATIONS.map(read),
    require(id) {
      const saved = SEGMENTATIONS.find((one) => one.id === id);
      if (!saved) throw refuse(404, 'not_found', `There is no ${id}`);
      return read(saved);
    },
  };
}

function collectUsers(facts: Facts, { takes }: SavedSegmentation): number[] {
  const { users, events } = facts.world;
  const isIn = new Uint8Array(users.length);
  for (let event = 0; event < events.length; event += 1) {
    if (takes(facts, event)) isIn[events.user[event] ?? 0] = 1;
  }
  return [...users.keys()].filter((user) => isIn[user] === 1);
}

type Attribute = (world: World, user: number) => string;

const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  name: ({ users }, user) => `${users[user]?.firstName ?? ''} ${users[user]?.lastName ?? ''}`.trim(),
  country: ({ users, contexts }, user) => contexts[users[user]?.context ?? 0]?.place.country ?? '',
  platform: ({ users, contexts }, user) => contexts[users[user]?.context ?? 0]?.platform ?? '',
};

/** The attributes in the files of each kind of people; anonymous ones have no name. */
export const LISTED_ATTRIBUTES: Readonly<Record<SavedSegmentation['userType'], readonly string[]>> = {
  cs1: ['name', 'country', 'platform'],
  u: ['country', 'platform'],
};

/** Writes people as lines with tabs, the header first; no document says whether anything is quoted, so nothing is. */
export function toUsersFile(
  world: World,
  { saved: { userType }, users }: UserList,
  { attributes, version }: { readonly attributes: readonly string[]; readonly version: ApiVersion },
): string {
  const isVisitor = userType === 'u';
  // Called cs1 in 2019; the examples of 2024 have the header in Chinese, which visitors' files have here.
  const idName = isVisitor && version === '2026' ? '访问用户ID' : userType;
  const idOf: Attribute = ({ users: people }, user) => people[user]?.[isVisitor ? 'deviceId' : 'id'] ?? '';
  const columns = [idOf, ...attributes.map((name): Attribute => ATTRIBUTES[name] ?? (() => ''))];
  const rows = users.map((user) => columns.map((column) => column(world, user)));
  return [[idName, ...attributes], ...rows].map((cells) => `${cells.map(toPlainText).join('\t')}\n`).join('');
}

// Ids of own events may be any text.
function toPlainText(cell: string): string {
  return cell.replaceAll(/[\t\r\n]/g, ' ');
}
