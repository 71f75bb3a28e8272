import { DAY_MS } from '../world.ts';
import type { World } from '../world.ts';
import type { Downloads } from './downloads.ts';
import { LISTED_ATTRIBUTES, toUsersFile } from './reports/user-lists.ts';
import type { UserList } from './reports/user-lists.ts';
import type { ApiVersion } from './requests/queries.ts';

const MINUTE_MS = 60_000;
const MAX_LIFE_MS = 7 * DAY_MS;

/** What the files are made from. */
export interface UserExportOptions {
  readonly world: World;
  readonly downloads: Downloads;
  readonly clock: () => number;
  readonly version: ApiVersion;
  /** Most people of one file; the others come in further files. */
  readonly maxUsersPerFile: number;
}

/** Query of an export of people. */
export interface UserExportQuery {
  /** Life of the links in minutes, at most those of seven days. */
  readonly expire?: string;
  /** Attributes with commas between them; absent means all. */
  readonly parameters?: string;
}

/** Writes the end of an export of people: its links, or why it failed. */
export type UserExporter = (list: UserList, query: UserExportQuery, id: string) => string;

interface Links {
  readonly urls: readonly string[];
  readonly endsAtMs: number;
}

/** Creates the writer of exports of people. */
export function createUserExporter(options: UserExportOptions): UserExporter {
  const { clock } = options;
  const published = new Map<string, Links>();
  return (list, { expire = '5', parameters }, id) => {
    const attributes = parameters === undefined ? LISTED_ATTRIBUTES[list.saved.userType] : parameters.split(',');
    const errorMsg = findMistake(list, { expire, attributes });
    if (errorMsg !== undefined) return toText(id, { status: 'failed', downloadLinks: [], errorMsg });
    // As long as links live, asking again changes nothing about their end (get-segmentations.md, 2024-08-26).
    const key = `${list.saved.id} ${attributes.join(',')}`;
    const known = published.get(key);
    const links = known && clock() < known.endsAtMs ? known : publish(options, list, { expire, attributes });
    published.set(key, links);
    return toText(id, { status: 'done', downloadLinks: links.urls, errorMsg: '' });
  };
}

interface ParsedQuery {
  readonly expire: string;
  readonly attributes: readonly string[];
}

function findMistake({ saved }: UserList, { expire, attributes }: ParsedQuery): string | undefined {
  const unknown = attributes.find((name) => !LISTED_ATTRIBUTES[saved.userType].includes(name));
  if (unknown !== undefined) return `参数不合法：${unknown}`;
  if (!/^[1-9]\d{0,8}$/.test(expire)) return `参数不合法：${expire}`;
  return Number(expire) * MINUTE_MS > MAX_LIFE_MS ? '链接有效期不能超过 7 天' : undefined;
}

function publish(options: UserExportOptions, { saved, users }: UserList, query: ParsedQuery): Links {
  const { world, downloads, clock, version, maxUsersPerFile } = options;
  const endsAtMs = clock() + Number(query.expire) * MINUTE_MS;
  const parts = Array.from({ length: Math.max(1, Math.ceil(users.length / maxUsersPerFile)) }, (_, part) =>
    users.slice(part * maxUsersPerFile, (part + 1) * maxUsersPerFile),
  );
  const urls = parts.map((some) => {
    const content = toUsersFile(world, { saved, users: some }, { attributes: query.attributes, version });
    return downloads.publish({ name: saved.name, content, endsAtMs });
  });
  return { urls, endsAtMs };
}

function toText(id: string, end: { status: string; downloadLinks: readonly string[]; errorMsg: string }): string {
  return JSON.stringify({ id, ...end });
}
