import { z } from 'zod';
import type { Clock } from '../../analytics/deadline.ts';
import type { FunnelGroupCounts, FunnelQuery, FunnelResult, FunnelsCapability } from '../../analytics/funnels.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import type { GrowingioClient } from './client.ts';
import type { GrowingioConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { toStepColumns, toStepCounts, type StepColumn } from './funnel-steps.ts';
import { limitsOf, requireChart } from './limits.ts';
import { malformed } from './malformed.ts';
import type { GrowingioFunnelResponse } from './responses.ts';
import { readTable, type TableRow } from './table.ts';
import { createBucketIndex, toTimeRange } from './time-range.ts';

const DAY_MS = 86_400_000;

// What the console allows; what the API allows is not documented.
// https://github.com/growingio/growingio-docs-v3 product-manual, funnels (checked 2026-11)
const LONGEST_WINDOW_DAYS = 90;

/** Given a client, return the saved funnels of its project. */
export function createFunnels(client: GrowingioClient, config: GrowingioConfig, clock: Clock): FunnelsCapability {
  return {
    limits: limitsOf(config, ['DAY', 'TOTAL']),
    funnel: {
      minSteps: 0,
      maxSteps: 0,
      orders: ['ORDERED'],
      countBy: ['USERS'],
      conversionWindowMs: { min: DAY_MS, max: LONGEST_WINDOW_DAYS * DAY_MS, step: DAY_MS },
      supportsStepFilters: false,
      supportsExclusions: false,
      takesChart: true,
    },
    options: z.strictObject({}),
    async fetchFunnel(query, deadline) {
      const { period, conversionWindowMs: windowMs } = query;
      const response = await client.fetchFunnel(
        {
          id: requireChart(query.chart),
          ...toTimeRange(period),
          conversionWindow: windowMs === null ? undefined : windowMs / DAY_MS,
        },
        deadline,
      );
      const { isPartial, ...funnel } = toFunnel(response, query);
      const days = response.conversionWindow;
      // Counted in calendar days: who starts on the last one has that one and the window's others.
      const endsAt = period.end.epochMilliseconds + (days - 1) * DAY_MS;
      const freshness = freshnessOf({ endsAt, rowCount: response.data.length, now: clock.now() }, config);
      return {
        ...funnel,
        conversionWindowMs: days * DAY_MS,
        freshness: isPartial ? { ...freshness, completeness: 'PARTIAL' } : freshness,
      };
    },
  };
}

interface Funnel extends Pick<FunnelResult, 'steps' | 'groups'> {
  /** Whether the numbers of the whole period are missing. */
  readonly isPartial: boolean;
}

function toFunnel(response: GrowingioFunnelResponse, query: FunnelQuery): Funnel {
  const table = readTable(response);
  const columns = toStepColumns(table.metrics);
  const groups = [...Map.groupBy(table.rows, ({ group }) => group).values()];
  const totals = groups.map((rows) => findTotal(rows, query));
  // Nobody says how many there are of all groups together: a user may be in several.
  const whole = groups.length === 1 ? (totals[0] ?? null) : null;
  const isByDay = query.interval === 'DAY';
  return {
    steps: toStepCounts(columns, whole),
    groups: isByDay ? toDays(groups, columns, query) : groups.length > 1 ? toGroups(groups, { columns, totals }) : [],
    isPartial: isByDay && groups.length > 1 ? false : groups.length === 0 || totals.includes(null),
  };
}

/** The row of the whole period, or of its only day. */
function findTotal(rows: readonly TableRow[], { period }: FunnelQuery): TableRow | null {
  const [total, second] = rows.filter(({ time }) => time === 'TOTAL' || time === null);
  if (second) throw malformed(second.path, 'expected one row of the whole period for each group');
  const [first] = rows;
  if (total || !first) return total ?? null;
  return period.dayCount === 1 && rows.length === 1 ? first : null;
}

function toGroups(
  groups: readonly (readonly TableRow[])[],
  { columns, totals }: { readonly columns: readonly StepColumn[]; readonly totals: readonly (TableRow | null)[] },
): FunnelGroupCounts[] {
  return groups.map((rows, index) => ({
    dimensions: rows[0]?.dimensions ?? [],
    at: null,
    steps: toStepCounts(columns, totals[index] ?? null),
  }));
}

function toDays(
  groups: readonly (readonly TableRow[])[],
  columns: readonly StepColumn[],
  { period }: FunnelQuery,
): FunnelGroupCounts[] {
  const axis = createTimeAxis(period, 'DAY');
  const indexOf = createBucketIndex(axis, period);
  return groups.flatMap((rows) => {
    const days = new Map<number, TableRow>();
    for (const row of rows) {
      if (row.time === 'TOTAL' || row.time === null) continue;
      const index = indexOf(row.time, row.path);
      if (days.has(index)) throw malformed(row.path, 'expected one row for each day and each group');
      days.set(index, row);
    }
    return axis.timestamps.flatMap((at, index): FunnelGroupCounts[] => {
      const row = days.get(index);
      return row ? [{ dimensions: row.dimensions, at, steps: toStepCounts(columns, row) }] : [];
    });
  });
}
