import type { ApiVersion } from '../requests/queries.ts';
import type { SavedFunnel } from '../saved/funnels.ts';
import type { Facts } from '../facts/facts.ts';
import { computeFunnel } from './funnels.ts';
import type { FunnelQuestion, FunnelRow } from './funnels.ts';
import type { Cell, Report } from './report-text.ts';

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const DAY_CODE = 86_400_000;

/** Answers a saved funnel. */
export function toFunnelReport(
  facts: Facts,
  funnel: SavedFunnel,
  { range, windowDays, version }: FunnelQuestion & { readonly version: ApiVersion },
): Report {
  const rows = computeFunnel(facts, funnel, { range, windowDays });
  // No document says how the row over all days looks: the console's own charts have 0 as its time, the product that came
  // after this one has a word in the first row. Clients have to live with both.
  const [totals, days] = [rows.filter(({ bucket }) => !bucket), rows.filter(({ bucket }) => bucket)];
  const cells = (some: readonly FunnelRow[], total: Cell): Cell[][] =>
    some.map(({ group, bucket, people }) => [group, bucket?.startMs ?? total, ...toRates(people)]);
  return {
    head: {
      id: funnel.id,
      name: funnel.name,
      conversionWindow: windowDays,
      startTime: range.startMs,
      endTime: range.endMs,
      interval: DAY_CODE,
    },
    columns: [
      ...['目标用户', '时间'].map((name) => ({ name, kind: 'dimension' as const })),
      ...toMetricNames(funnel.steps.length).map((name) => ({ name, kind: 'metric' as const })),
    ],
    rows: version === '2024' ? [...cells(days, 0), ...cells(totals, 0)] : [...cells(totals, '全部'), ...cells(days, 0)],
    writesDecimals: false,
  };
}

function toMetricNames(steps: number): string[] {
  const places = Array.from({ length: steps }, (_, step) =>
    step === steps - 1 ? '最后一步' : `第${ORDINALS[step]}步`,
  );
  return ['总转化率', ...places.flatMap((place) => [`${place}人数`, `${place}转化率`])];
}

// The console calls the way from the first step to the second the rate of the first. What the last step's rate is then,
// no document says: here it is the rate of the whole way once more.
function toRates(people: readonly number[]): number[] {
  const rate = (part = 0, whole = 0): number => (whole === 0 ? 0 : part / whole);
  const total = rate(people.at(-1), people[0]);
  const last = people.length - 1;
  return [total, ...people.flatMap((count, step) => [count, step === last ? total : rate(people[step + 1], count)])];
}
