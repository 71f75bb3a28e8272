import type { AdaptyVersion } from './config.ts';
import type { AdaptyFilters } from './request-filters.ts';
import type { PeriodUnit } from './vocabulary.ts';

/** What every request has. What is undefined is left out. */
export interface CommonParameters {
  /** IANA name; sent as a header. */
  readonly timezone: string;
  readonly filters: AdaptyFilters;
  readonly periodUnit: PeriodUnit | undefined;
}

/** Whether a purchase counts on its own day or on the day of the install. */
export type DateType = 'purchase_date' | 'profile_install_date';
/** Whether numbers or percentages are wanted. */
export type ValueType = 'absolute' | 'relative';
/** What an offset counts. */
export type PeriodType = 'renewals' | 'days';

/** Parameters of `/metrics/analytics/`. */
export interface AnalyticsParameters extends CommonParameters {
  readonly chartId: string | undefined;
  readonly dateType: DateType | undefined;
  readonly segmentation: string | undefined;
}

/** Parameters of `/metrics/cohort/`. */
export interface CohortParameters extends CommonParameters {
  readonly periodType: PeriodType;
  readonly valueType: ValueType | undefined;
  readonly valueField: string;
  readonly accountingType: string;
  readonly renewalDays: readonly number[] | undefined;
  readonly predictionMonths: number | undefined;
}

/** Parameters of `/metrics/conversion/`. */
export interface ConversionParameters extends CommonParameters {
  readonly dateType: DateType | undefined;
  readonly segmentation: string | undefined;
  /** Null from the install, 0 from the trial, 1 and more from that paid period. */
  readonly fromPeriod: number | null;
  readonly toPeriod: number | string;
}

/** Parameters of `/metrics/funnel/`. */
export interface FunnelParameters extends CommonParameters {
  readonly segmentation: string | undefined;
  /** 2024 only. */
  readonly dateType: DateType | undefined;
  /** 2026 only. */
  readonly showValueAs: 'absolute' | 'relative' | 'both' | undefined;
}

/** Parameters of `/metrics/ltv/`. */
export interface LifetimeValueParameters extends CommonParameters {
  readonly periodType: PeriodType;
  readonly segmentation: string | undefined;
  /** 2024 only. */
  readonly valueType: ValueType | undefined;
}

/** Parameters of `/metrics/retention/`. */
export interface RetentionParameters extends CommonParameters {
  readonly segmentation: string | undefined;
  readonly useTrial: boolean;
  /** 2024 only. */
  readonly dateType: DateType | undefined;
  /** 2024 only. */
  readonly valueType: ValueType | undefined;
}

/** Every endpoint, by its word in the path. */
export const ENDPOINTS = ['analytics', 'cohort', 'conversion', 'funnel', 'ltv', 'retention'] as const;

/** An endpoint's word in the path. */
export type Endpoint = (typeof ENDPOINTS)[number];

/** The parameters of each endpoint. */
export interface EndpointParameters {
  readonly analytics: AnalyticsParameters;
  readonly cohort: CohortParameters;
  readonly conversion: ConversionParameters;
  readonly funnel: FunnelParameters;
  readonly ltv: LifetimeValueParameters;
  readonly retention: RetentionParameters;
}

/** A body to be sent as JSON, which leaves out what is undefined. */
export type Body = Readonly<Record<string, unknown>>;

/** Given an endpoint's parameters, return its body in the words of a version. */
export function toBody<Name extends Endpoint>(
  endpoint: Name,
  parameters: EndpointParameters[Name],
  version: AdaptyVersion,
): Body {
  const { filters, periodUnit } = parameters;
  return { filters, period_unit: periodUnit, ...BODIES[endpoint](parameters, version) };
}

const BODIES: {
  readonly [Name in Endpoint]: (parameters: EndpointParameters[Name], version: AdaptyVersion) => Body;
} = {
  analytics: ({ chartId, dateType, segmentation }, version) => ({
    chart_id: chartId,
    date_type: dateType,
    ...segmentationOf(segmentation, version),
  }),
  cohort: (parameters) => ({
    period_type: parameters.periodType,
    value_type: parameters.valueType,
    value_field: parameters.valueField,
    accounting_type: parameters.accountingType,
    renewal_days: parameters.renewalDays,
    prediction_months: parameters.predictionMonths,
  }),
  conversion: ({ dateType, segmentation, fromPeriod, toPeriod }, version) => ({
    date_type: dateType,
    ...segmentationOf(segmentation, version),
    from_period: fromPeriod,
    to_period: toPeriod,
  }),
  funnel: ({ segmentation, dateType, showValueAs }, version) => ({
    ...segmentationOf(segmentation, version),
    date_type: dateType,
    show_value_as: showValueAs,
  }),
  // Lifetime values had the new name of the field all along.
  ltv: ({ periodType, segmentation, valueType }) => ({
    period_type: periodType,
    segmentation,
    value_type: valueType,
  }),
  retention: ({ segmentation, useTrial, dateType, valueType }, version) => ({
    ...segmentationOf(segmentation, version),
    use_trial: useTrial,
    date_type: dateType,
    value_type: valueType,
  }),
};

function segmentationOf(segmentation: string | undefined, version: AdaptyVersion): Body {
  return version === '2024' ? { segmentation_by: segmentation } : { segmentation };
}
