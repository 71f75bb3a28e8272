import type { World } from '../../src/sandbox/world.ts';

/** One event of the world, with everything that saved charts split by; days are those of Beijing. */
export interface Fact {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The start of its hour, as our points have it. */
  readonly hour: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly name: string;
  readonly user: number;
  readonly session: number;
  readonly place: { readonly country: string; readonly city: string };
  readonly browser: string;
  readonly os: string;
  readonly platform: string;
  readonly appVersion: string;
  readonly cents: number;
  /** Whether a visit begins with it; what stores report is no visit. */
  readonly beginsVisit: boolean;
  /** Whether the visit it belongs to has less than two views. */
  readonly isOfBounce: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const clockOfBeijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});
const knownHours = new Map<number, string>();

/** The hour of a moment in Beijing, as our points have it. */
export function hourOf(at: number): string {
  const hour = Math.floor(at / HOUR_MS);
  const known = knownHours.get(hour) ?? `${clockOfBeijing.format(hour * HOUR_MS).replace(' ', 'T')}:00+08:00`;
  knownHours.set(hour, known);
  return known;
}

/** The day of a moment in Beijing, YYYY-MM-DD. */
export function dayOf(at: number): string {
  return hourOf(at).slice(0, 10);
}

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(Date.parse(day) - weekday * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of a day's month. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Given the world, return its events one by one, in order of time. */
export function readFacts({ events, contexts, sessions }: World): Fact[] {
  const views = new Map<number, number>();
  const begun = new Set<number>();
  const nameAt = (index: number): string => events.names[events.name[index] ?? NaN] ?? '';
  events.session.forEach((session, index) => {
    const isView = ['screen_view', 'page_view'].includes(nameAt(index));
    views.set(session, (views.get(session) ?? 0) + (isView ? 1 : 0));
  });
  return Array.from(events.timeMs, (at, index) => {
    const context = contexts[events.context[index] ?? NaN];
    const session = events.session[index] ?? NaN;
    if (!context) throw new Error(`Event ${index} happened nowhere`);
    const isFirst = !begun.has(session);
    begun.add(session);
    const { place, browser, os, platform, appVersion } = context;
    return {
      at,
      hour: hourOf(at),
      day: dayOf(at),
      name: nameAt(index),
      user: events.user[index] ?? NaN,
      session,
      place,
      browser,
      os,
      platform,
      appVersion,
      cents: events.revenueCents[index] ?? NaN,
      beginsVisit: isFirst && sessions.background[session] === 0,
      isOfBounce: (views.get(session) ?? 0) < 2,
    };
  });
}

/** Those of some days, both included. */
export function inDays(facts: readonly Fact[], from: string, to: string = from): Fact[] {
  return facts.filter(({ day }) => day >= from && day <= to);
}

/** A number made of events; null where they make none. */
export type Measure = (facts: readonly Fact[]) => number | null;

const isView = ({ name }: Fact): boolean => name === 'screen_view' || name === 'page_view';

function countDollars(facts: readonly Fact[]): number {
  return facts.reduce((sum, { cents }) => sum + cents, 0) / 100;
}

/** What charts measure, by the names of their columns. */
export const MEASURES = {
  用户量: (facts) => new Set(facts.map(({ user }) => user)).size,
  访问量: (facts) => facts.filter(({ beginsVisit }) => beginsVisit).length,
  页面浏览量: (facts) => facts.filter(isView).length,
  付费金额: countDollars,
  付费用户量: (facts) => new Set(facts.filter(({ cents }) => cents > 0).map(({ user }) => user)).size,
  Purchases: (facts) => facts.filter(({ name }) => name === 'purchase').length,
  注册次数: (facts) => facts.filter(({ name }) => name === 'sign_up').length,
  搜索次数: (facts) => facts.filter(({ name }) => name === 'search').length,
  跳出率: (facts) => {
    const visits = facts.filter(({ beginsVisit }) => beginsVisit);
    return visits.length === 0 ? null : visits.filter(({ isOfBounce }) => isOfBounce).length / visits.length;
  },
  'Revenue, "net" (USD)': countDollars,
} as const satisfies Record<string, Measure>;

/** Which events a measure is made of: without any of them it has no number at all. */
const COUNTED: Partial<Record<MetricName, (fact: Fact) => boolean>> = {
  访问量: ({ beginsVisit }) => beginsVisit,
  页面浏览量: isView,
  付费金额: ({ cents }) => cents > 0,
  付费用户量: ({ cents }) => cents > 0,
  Purchases: ({ name }) => name === 'purchase',
  注册次数: ({ name }) => name === 'sign_up',
  搜索次数: ({ name }) => name === 'search',
  跳出率: ({ beginsVisit }) => beginsVisit,
  'Revenue, "net" (USD)': ({ cents }) => cents > 0,
};

/** Name of a chart's column. */
export type MetricName = keyof typeof MEASURES;

/** A row of a chart: its numbers; null where nothing that the chart counts happened, so that there is no row. */
export function measure(facts: readonly Fact[], metrics: readonly MetricName[]): (number | null)[] {
  const counts = metrics.some((name) => facts.some(COUNTED[name] ?? (() => true)));
  return metrics.map((name) => (counts ? MEASURES[name](facts) : null));
}
