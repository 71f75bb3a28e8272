import type { DimensionValue } from '../../analytics/catalog.ts';
import type { Interval } from '../../analytics/period.ts';
import { toCountryCode } from './countries.ts';
import type { GrowingioRow } from './responses.ts';

/** Whose numbers a row holds, in GrowingIO's words. */
export const AUDIENCE = '目标用户';

/** What is compared, in GrowingIO's words; empty where nothing is. */
export const COMPARISON_VALUE = '对比值';

/** Names of the column of time. */
export const TIME_NAMES: ReadonlySet<string> = new Set(['时间', '日期']);

const TOTAL_NAMES: ReadonlySet<unknown> = new Set(['全部', '总计', '合计']);

const UNKNOWN_NAMES: ReadonlySet<string> = new Set(['不适用', 'N/A']);

const COUNTRY = 'country';

const DIMENSIONS: ReadonlyMap<string, string> = new Map([
  [AUDIENCE, 'audience'],
  [COMPARISON_VALUE, 'comparison_value'],
  ['用户行为', 'behavior'],
  ['国家名称', COUNTRY],
  ['国家', COUNTRY],
  ['地区名称', 'region'],
  ['省份', 'region'],
  ['地区', 'region'],
  ['城市名称', 'city'],
  ['城市', 'city'],
  ['浏览器', 'browser'],
  ['操作系统', 'os'],
  ['操作系统版本', 'os_version'],
  ['应用版本', 'app_version'],
  ['设备类型', 'device'],
  ['设备型号', 'device'],
  ['语言', 'language'],
  ['网站/应用', 'app'],
]);

// The four groups that every project has; all others are segments with names of their own.
// https://github.com/growingio/growingio-docs data-analytics/event-analysis.md (checked 2026-11)
const AUDIENCES: ReadonlyMap<string, string> = new Map([
  ['全部访问用户', 'all visitors'],
  ['新访问用户', 'new visitors'],
  ['全部登录用户', 'all signed-in users'],
  ['新登录用户', 'new signed-in users'],
]);

/** The intervals that charts can be asked for, by GrowingIO's code: no lengths, for weeks and months are those of the calendar. */
export const INTERVAL_CODES = {
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
  MONTH: 2_592_000_000,
} as const satisfies Partial<Record<Interval, number>>;

/** GrowingIO's words for the intervals of a retention. */
export const RANGES = { DAY: 'day', WEEK: 'week', MONTH: 'month' } as const satisfies Partial<Record<Interval, string>>;

/** Whether a text stands for something that GrowingIO does not know. */
export function isUnknown(word: string): boolean {
  return UNKNOWN_NAMES.has(word);
}

/** Whether the time of a row says that it is of all times together. */
export function isTotalTime(cell: GrowingioRow[number] | undefined): boolean {
  return cell === 0 || cell === '0' || TOTAL_NAMES.has(cell);
}

/** Given GrowingIO's word for a dimension, return ours; its own where we have none. */
export function toDimension(word: string): string {
  return DIMENSIONS.get(word) ?? word;
}

/** A column's dimension, in its own word and in one that no other column of the answer has. */
export interface NamedDimension {
  readonly word: string;
  readonly name: string;
}

/** Given a dimension and a cell of its column, return the dimension's value in our words, with theirs beside it where it differs. */
export function toDimensionValue({ word, name }: NamedDimension, cell: GrowingioRow[number]): DimensionValue {
  const native = cell === null ? '' : String(cell);
  const value = native === '' || isUnknown(native) ? null : toValue(toDimension(word), native);
  return {
    dimension: name,
    value,
    ...(name !== word && { nativeDimension: word }),
    ...(native !== '' && native !== value && { nativeValue: native }),
  };
}

function toValue(dimension: string, native: string): string {
  if (dimension === COUNTRY) return toCountryCode(native) ?? native;
  return dimension === toDimension(AUDIENCE) ? (AUDIENCES.get(native) ?? native) : native;
}
