import type { SavedRetention } from '../saved/retentions.ts';
import { toPeriodNumber } from '../facts/beijing-time.ts';
import type { Facts } from '../facts/facts.ts';
import type { Report } from './report-text.ts';
import { computeRetention } from './retentions.ts';
import type { RetentionQuestion } from './retentions.ts';

/** Width of a retention's periods. */
export type RetentionUnit = 'day' | 'week' | 'month';

const WORDS: Readonly<Record<RetentionUnit, string>> = { day: '日', week: '周', month: '月' };
const INTERVALS: Readonly<Record<RetentionUnit, number>> = { day: 86_400_000, week: 604_800_000, month: 2_592_000_000 };
const DIMENSIONS = ['目标用户', '对比值', '用户行为', '时间'];

/** Answers a saved retention. The rows of young cohorts are shorter than the columns. */
export function toRetentionReport(
  facts: Facts,
  saved: SavedRetention,
  question: RetentionQuestion & { readonly unit: RetentionUnit },
): Report {
  const { range, unit } = question;
  const periods = toPeriodNumber(range.endMs, unit) - toPeriodNumber(range.startMs, unit) + 1;
  const labels = Array.from({ length: periods }, (_, offset) => toLabel(offset, WORDS[unit]));
  // The size of the cohort stands in a column called 留存人数; who came back is in the ones behind it.
  const metrics = ['留存人数', ...labels.flatMap((label) => [label, `${label}留存率`])];
  return {
    head: {
      id: saved.id,
      name: saved.name,
      range: unit,
      startTime: range.startMs,
      endTime: range.endMs,
      interval: INTERVALS[unit],
    },
    columns: [
      ...DIMENSIONS.map((name) => ({ name, kind: 'dimension' as const })),
      ...metrics.map((name) => ({ name, kind: 'metric' as const })),
    ],
    rows: computeRetention(facts, saved, question).map(({ compared, behaviour, startMs, size, returns }) => [
      ...[saved.group, compared, behaviour, startMs ?? '全部', size],
      ...returns.flatMap(({ people, of }) => [people, people / of]),
    ]),
    writesDecimals: false,
  };
}

// The labels of days are documented; those of weeks and months are made like them, after the words of the console.
function toLabel(offset: number, word: string): string {
  if (offset === 0) return `当${word}`;
  return offset === 1 ? `次${word}` : `${offset}${word}后`;
}
