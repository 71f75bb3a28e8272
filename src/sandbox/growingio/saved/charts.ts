import type { FieldName } from '../facts/fields.ts';
import { countEvents, MEASURES } from '../facts/measures.ts';
import type { Measure } from '../facts/measures.ts';
import { TARGET_GROUPS } from '../facts/target-groups.ts';
import type { TargetGroup } from '../facts/target-groups.ts';

/** A column that is not a metric. */
export type ChartDimension = '目标用户' | '时间' | FieldName;

/** An event analysis as somebody saved it. */
export interface SavedChart {
  readonly id: string;
  readonly name: string;
  /** In the order of the columns, which is not the same in all charts. */
  readonly dimensions: readonly ChartDimension[];
  readonly metrics: readonly { readonly name: string; readonly measure: Measure }[];
  readonly groups: readonly TargetGroup[];
  /** What stands where a value is not known. */
  readonly unknown: '不适用' | 'N/A';
  /** Whether it is one big number, beside that of the period before. */
  readonly isBigNumber: boolean;
}

const { users, visits, pageViews, bounceRate, revenue, payers } = MEASURES;
const LINE = ['目标用户', '时间'] as const;
const COMMON = { groups: [TARGET_GROUPS.everybody], unknown: '不适用', isBigNumber: false } as const;
const USERS = { name: '用户量', measure: users };
const VISITS = { name: '访问量', measure: visits };
const PAGE_VIEWS = { name: '页面浏览量', measure: pageViews };
const REVENUE = { name: '付费金额', measure: revenue };

/** Every saved chart, by what is special about it. */
export const CHARTS = {
  daily: { ...COMMON, id: 'Kd82LmQz', name: '日活', dimensions: LINE, metrics: [USERS, VISITS, PAGE_VIEWS] },
  /** The time stands before the group, and its id is that of another chart but for one letter's case. */
  payments: {
    ...COMMON,
    id: 'kd82LmQz',
    name: '付费趋势',
    dimensions: ['时间', '目标用户'],
    metrics: [
      REVENUE,
      { name: '付费用户量', measure: payers },
      { name: 'Purchases', measure: countEvents('purchase') },
    ],
  },
  bigNumber: {
    ...COMMON,
    id: 'Bn5xT0aV',
    name: '活跃用户数',
    dimensions: LINE,
    metrics: [USERS],
    isBigNumber: true,
  },
  column: {
    ...COMMON,
    id: 'p3RsW9eY',
    name: '注册与搜索',
    dimensions: LINE,
    metrics: [
      { name: '注册次数', measure: countEvents('sign_up') },
      { name: '搜索次数', measure: countEvents('search') },
    ],
  },
  bar: {
    ...COMMON,
    id: 'Hb7cF2uJ',
    name: '浏览器分布',
    dimensions: ['目标用户', '浏览器'],
    metrics: [USERS],
    unknown: 'N/A',
  },
  table: {
    ...COMMON,
    id: 't6NqX4vD',
    name: '国家与系统明细',
    dimensions: ['目标用户', '国家名称', '操作系统'],
    metrics: [USERS, { name: '跳出率', measure: bounceRate }],
    unknown: 'N/A',
  },
  /** A table with the time among its dimensions. */
  versions: {
    ...COMMON,
    id: 'e2KfQ6tU',
    name: '版本明细',
    dimensions: ['时间', '目标用户', '应用版本'],
    metrics: [USERS, PAGE_VIEWS],
  },
  bubble: {
    ...COMMON,
    id: 'Ub1oG8kS',
    name: '城市气泡图',
    dimensions: ['目标用户', '城市', '平台'],
    metrics: [VISITS, REVENUE],
  },
  countries: {
    ...COMMON,
    id: 'Gj0yM5iC',
    name: '分国家日活',
    dimensions: [...LINE, '国家名称'],
    metrics: [USERS, VISITS],
  },
  /** Made for hours; without an interval it is answered by days as every chart. */
  hourly: {
    ...COMMON,
    id: 'a9ZwE3hP',
    name: '分时访问',
    dimensions: LINE,
    metrics: [VISITS, { name: '跳出率', measure: bounceRate }, { name: 'Revenue, "net" (USD)', measure: revenue }],
  },
  groups: {
    ...COMMON,
    id: 'Vr4dL7nB',
    name: '新老用户对比',
    dimensions: LINE,
    metrics: [USERS, PAGE_VIEWS],
    groups: [TARGET_GROUPS.everybody, TARGET_GROUPS.newcomers],
  },
} as const satisfies Record<string, SavedChart>;
