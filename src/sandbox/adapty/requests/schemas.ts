import { z } from 'zod';

import { CHART_IDS } from './chart-rules.ts';
import { datesField, filtersField } from './filters.ts';

/** The documented versions. */
export type ApiVersion = '2026' | '2024';

/** Widths of a bucket. */
export const PERIOD_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** Width of a bucket. */
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** Which money is counted. */
export const ACCOUNTING_TYPES = ['revenue', 'proceeds', 'net_revenue'] as const;

/** Gross, after the store's commission, after commission and tax. */
export type AccountingType = (typeof ACCOUNTING_TYPES)[number];

const VALUE_FIELDS = ['revenue', 'arppu', 'arpu', 'arpas', 'subscribers', 'subscriptions'] as const;
const PREDICTION_MONTHS = [3, 6, 9, 12, 18, 24] as const;
/** Days after the start that are shown when none are asked for. */
export const DEFAULT_RENEWAL_DAYS = [0, 3, 7, 14, 28, 31, 61, 92, 183, 336, 550, 731];

// A field that may be left out may also be null.
function choice<const Values extends readonly [string, ...string[]]>(values: Values, fallback: Values[number]) {
  return z
    .enum(values)
    .nullish()
    .transform((value) => value ?? fallback);
}

const days = z
  .array(z.int().min(0))
  .nullish()
  .transform((value) => [...new Set(value ?? DEFAULT_RENEWAL_DAYS)].sort((a, b) => a - b));
const predictionMonths = z
  .literal([...PREDICTION_MONTHS])
  .nullish()
  .transform((value) => value ?? 12);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const anyUnit = z.enum(PERIOD_UNITS).nullish();
const valueType = choice(['absolute', 'relative'], 'absolute');
const periodType = choice(['renewals', 'days'], 'renewals');
const dateType = choice(['purchase_date', 'profile_install_date'], 'purchase_date');

// The document says text or null, its own example sends a number, and numbers are answered.
const period = z.unknown().transform((value, context) => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && /^(\d{1,3}|(6|12|24)\+)$/.test(text)) return text;
  context.addIssue({
    code: 'custom',
    message: 'value is not a valid period',
    params: { code: value === undefined ? 'missing' : 'value_error' },
  });
  return z.NEVER;
});

function createFields(version: ApiVersion) {
  const is2024 = version === '2024';
  const base = { filters: filtersField(version), format: choice(['json', 'csv'], 'json') };
  const segmented = { ...base, segmentation: z.string().nullish(), segmentation_by: z.string().nullish() };
  const chartId = z.enum(CHART_IDS);
  return {
    base,
    segmented,
    monthly: choice(PERIOD_UNITS, 'month'),
    // The old document has a chart without saying which: its revenue.
    chartId: is2024 ? chartId.nullish().transform((value) => value ?? 'revenue') : chartId,
    // Checked and without effect; the new document does not have them any more.
    oldDateType: is2024 ? dateType : z.unknown().optional(),
    oldValueType: is2024 ? valueType : z.unknown().optional(),
    from: is2024 ? period.nullish().transform((value) => value ?? null) : period.nullable(),
    to: is2024 ? period.nullish().transform((value) => value ?? '1') : period,
  };
}

/** The bodies of the six endpoints; unknown fields are ignored. */
export function createSchemas(version: ApiVersion) {
  const { base, segmented, monthly, chartId, oldDateType, oldValueType, from, to } = createFields(version);
  return {
    analytics: z.object({ ...segmented, chart_id: chartId, period_unit: monthly, date_type: dateType }),
    cohort: z.object({
      ...base,
      period_unit: monthly,
      period_type: periodType,
      value_type: valueType,
      value_field: choice(VALUE_FIELDS, 'revenue'),
      accounting_type: choice(ACCOUNTING_TYPES, 'revenue'),
      renewal_days: days,
      prediction_months: predictionMonths,
    }),
    conversion: z.object({
      ...segmented,
      // The old document also has `none`, one bucket for everything.
      period_unit: version === '2024' ? choice([...PERIOD_UNITS, 'none'], 'month') : monthly,
      date_type: dateType,
      from_period: from,
      to_period: to,
    }),
    funnel: z.object({
      ...segmented,
      period_unit: anyUnit,
      date_type: oldDateType,
      show_value_as: choice(['absolute', 'relative', 'both'], 'both'),
    }),
    ltv: z.object({ ...segmented, period_unit: anyUnit, period_type: periodType, value_type: oldValueType }),
    retention: z.object({
      ...segmented,
      period_unit: anyUnit,
      use_trial: flag,
      date_type: oldDateType,
      value_type: oldValueType,
    }),
  };
}

/** Bodies by endpoint, read. */
export type Bodies = {
  [Name in keyof ReturnType<typeof createSchemas>]: z.infer<ReturnType<typeof createSchemas>[Name]>;
};

/** The date pair of a request. */
export type DateRange = z.infer<typeof datesField>;
