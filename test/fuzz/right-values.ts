import type { KnownLimits, KnownSource, KnownWords } from './known-words.ts';
import type { Random } from './random.ts';

/** What a question is about while it is made up. */
export interface QuestionScope {
  readonly known: KnownWords;
  readonly random: Random;
  readonly source: KnownSource;
  /** What the data source can be asked; undefined where the question is of no kind that the data source knows. */
  readonly limits: KnownLimits | undefined;
  /** The kind of the capability that is asked. */
  readonly kind: string | undefined;
}

type MakeValue = (scope: QuestionScope) => unknown;

const DAY_MS = 86_400_000;
const LAST_DAY = Date.UTC(2026, 5, 15);
const PRESETS = ['TODAY', 'YESTERDAY', 'LAST_7_DAYS', 'THIS_WEEK', 'LAST_WEEK', 'THIS_MONTH', 'LAST_30_DAYS'];
const PROPERTIES = ['properties.price', 'properties.plan', 'properties.amount', 'revenue', 'price'];
const VALUES = ['SE', 'iOS', 'Android', 'US', '1', '100', 'purchase', 'Instal', '2026-06-10'];
const NUMBERS = ['GT', 'GTE', 'LT', 'LTE'];
const KNOWN_CHARTS: Readonly<Record<string, string>> = {
  METRICS: 'METRICS',
  FUNNEL: 'FUNNEL',
  RETENTION: 'RETENTION',
};

function pickDays(random: Random): readonly [number, number] {
  const last = LAST_DAY - random.whole(0, 9) * DAY_MS;
  return [last - random.whole(0, 5) * DAY_MS, last];
}

const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function makeDates({ random }: QuestionScope): unknown {
  const [from, to] = pickDays(random);
  return { from: toDay(from), to: toDay(to) };
}

function makeInstants({ random }: QuestionScope): unknown {
  const [from, to] = pickDays(random);
  const shift = random.whole(0, 23) * 3_600_000;
  return { from: new Date(from + shift).toISOString(), to: new Date(to + DAY_MS + shift).toISOString() };
}

function makePeriod(scope: QuestionScope): unknown {
  const { random, limits } = scope;
  if (limits?.supportsInstants === true && random.chance(0.25)) return { instants: makeInstants(scope) };
  return random.chance(0.5) ? { preset: random.pick(PRESETS) } : { dates: makeDates(scope) };
}

function pickEvent({ source, random }: QuestionScope): string {
  const names = source.catalog.events ?? [];
  return names.length > 0 ? random.pick(names) : 'purchase';
}

function pickDimension({ source, random, kind }: QuestionScope): string {
  const { dimensions, tables } = source.catalog;
  const filters = tables.flatMap((table) => table.filters);
  if (kind === 'EXPORTS' && filters.length > 0) return random.pick(filters).name;
  if (dimensions.length === 0) return 'country';
  const { key } = random.pick(dimensions);
  return key.replace('<name>', random.pick(['price', 'plan', 'name']));
}

function makeFilter(scope: QuestionScope): unknown {
  const { random, limits, source, kind } = scope;
  const operators = limits?.filterOperators ?? [];
  const operator = operators.length > 0 ? random.pick(operators) : 'IS';
  const dimension = pickDimension(scope);
  if (operator.startsWith('IS_') && operator.endsWith('SET')) return { dimension, operator };
  if (NUMBERS.includes(operator)) return { dimension, operator, values: [String(random.whole(0, 100))] };
  const [, first = 'SE', ...others] = [kind, ...VALUES.slice(random.whole(0, VALUES.length - 2))];
  return { dimension, operator, values: random.chance(0.7) ? [first] : [first, ...others, source.key].slice(0, 3) };
}

function makeMetric(scope: QuestionScope): unknown {
  const { source, limits, random } = scope;
  const charts = source.charts.filter(({ kind }) => kind === 'METRICS');
  const ways: (() => unknown)[] = [];
  if (source.catalog.metrics.length > 0) ways.push(() => ({ key: random.pick(source.catalog.metrics).key }));
  if ((limits?.measures.length ?? 0) > 0) ways.push(() => ({ event: makeEventMetric(scope) }));
  if (limits?.takesChart === true && charts.length > 0)
    ways.push(() => ({ chart: random.chance(0.5) ? random.pick(charts).id : random.pick(charts).nativeId }));
  return ways.length > 0 ? random.pick(ways)() : { key: 'revenue' };
}

function makeEventMetric(scope: QuestionScope): unknown {
  const { limits, random } = scope;
  const measures = limits && limits.measures.length > 0 ? limits.measures : ['COUNT'];
  const measure = random.pick(measures);
  const needsProperty = ['SUM', 'AVERAGE', 'MIN', 'MAX'].includes(measure);
  return { name: pickEvent(scope), measure, ...(needsProperty && { property: random.pick(PROPERTIES) }) };
}

function makeConversionPoint(scope: QuestionScope): unknown {
  const { limits, random } = scope;
  if (limits?.conversion?.points.includes('SUBSCRIPTION') !== true) return { event: pickEvent(scope) };
  const stage = random.pick(['INSTALL', 'TRIAL', 'PAID']);
  return { subscription: { stage, ...(stage === 'PAID' && { period: random.whole(1, 3) }) } };
}

function pickChart({ source, kind, random }: QuestionScope): string {
  const charts = source.charts.filter((chart) => chart.kind === KNOWN_CHARTS[kind ?? '']);
  if (charts.length === 0) return 'none';
  const chart = random.pick(charts);
  return random.chance(0.5) ? chart.id : chart.nativeId;
}

function makeSteps(scope: QuestionScope): unknown {
  const most = Math.min(scope.limits?.funnel?.maxSteps ?? 3, 4);
  return Array.from({ length: scope.random.whole(2, Math.max(2, most)) }, () => ({ event: pickEvent(scope) }));
}

const oneOf =
  (choose: (limits: KnownLimits) => readonly string[] | undefined, otherwise: string): MakeValue =>
  ({ limits, random }) => {
    const choices = (limits && choose(limits)) ?? [];
    return choices.length > 0 ? random.pick(choices) : otherwise;
  };

/** Right values of input types and of input fields, the latter under `Type.field` or `*.field`. */
export const RIGHT_VALUES: Readonly<Record<string, MakeValue>> = {
  PeriodInput: makePeriod,
  DateRangeInput: makeDates,
  InstantRangeInput: makeInstants,
  FilterInput: makeFilter,
  MetricInput: makeMetric,
  EventMetricInput: makeEventMetric,
  ConversionPointInput: makeConversionPoint,
  EventSelectorInput: (scope) => ({ event: pickEvent(scope) }),
  '*.source': ({ source }) => source.key,
  '*.sources': ({ source }) => [source.key],
  '*.timezone': ({ source, limits, random }) =>
    limits?.anyTimezone === true
      ? random.pick(['UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu'])
      : source.timezone,
  '*.interval': oneOf(({ intervals }) => intervals, 'DAY'),
  '*.breakdown': (scope) =>
    Array.from({ length: scope.random.whole(0, Math.min(scope.limits?.maxBreakdowns ?? 0, 2)) }, () =>
      pickDimension(scope),
    ),
  '*.waitFor': ({ random }) => random.pick(['PT0.1S', 'PT1S', 'PT2S']),
  '*.conversionWindow': ({ random }) => random.pick(['PT1H', 'P1D', 'P7D']),
  '*.chart': pickChart,
  '*.names': (scope) => [pickEvent(scope)],
  '*.event': pickEvent,
  '*.offsets': ({ random }) => random.whole(1, 8),
  '*.days': () => [0, 1, 7],
  '*.seriesLimit': ({ random }) => random.whole(1, 10),
  '*.idempotencyKey': ({ random }) => `key-${random.whole(1, 30)}`,
  '*.search': ({ random }) => random.pick(['e', 'revenue', 'event']),
  '*.dataset': ({ source, random }) => (source.datasets.length > 0 ? random.pick(source.datasets).name : 'report'),
  '*.createdFrom': () => '2026-06-16T00:00:00Z',
  '*.createdBefore': () => '2026-06-17T00:00:00+02:00',
  'CsvOptions.nullText': ({ random }) => random.pick(['', 'NULL', 'n/a']),
  'FunnelQuery.steps': makeSteps,
  'FunnelQuery.order': oneOf(({ funnel }) => funnel?.orders, 'ORDERED'),
  'RetentionQuery.mode': oneOf(({ retention }) => retention?.modes, 'N_DAY'),
  'RetentionQuery.entryKind': oneOf(({ retention }) => retention?.entryKinds, 'FIRST_TIME'),
  'CohortAnalysisQuery.measure': oneOf(({ cohortAnalysis }) => cohortAnalysis?.measures, 'REVENUE'),
  'CohortAnalysisQuery.offsetBy': oneOf(({ cohortAnalysis }) => cohortAnalysis?.offsetBy, 'PERIOD'),
  'LifetimeValueQuery.offsetBy': oneOf(({ lifetimeValue }) => lifetimeValue?.offsetBy, 'PERIOD'),
  'LifetimeValueQuery.acquisitionCost': () => ({ source: 'sandbox-instal', metric: { key: 'cost' } }),
  'RowsExportInput.table': ({ source, random }) =>
    source.catalog.tables.length > 0 ? random.pick(source.catalog.tables).name : 'events',
  'RowsExportInput.columns': ({ source, random }) => {
    const columns = source.catalog.tables.flatMap((table) => table.columns.map(({ name }) => name));
    return columns.length > 0 ? [random.pick(columns)] : null;
  },
};

/** Whether a right question names an optional field: always, never, or (undefined) as it happens. */
export function isNeeded(place: string, { limits }: QuestionScope): boolean | undefined {
  const funnel = limits?.funnel;
  const isSaved = limits?.takesChart === true;
  if (place.endsWith('.waitFor')) return true;
  switch (place) {
    case 'FunnelQuery.steps':
      return (funnel?.maxSteps ?? 0) > 0;
    case 'FunnelQuery.chart':
    case 'RetentionQuery.chart':
      return isSaved;
    case 'RetentionQuery.entry':
    case 'RetentionQuery.returning':
      return limits?.retention?.takesEvents === true;
    case 'CohortAnalysisQuery.entry':
      return limits?.cohortAnalysis?.takesEvents === true;
    case 'CohortAnalysisQuery.value':
    case 'LifetimeValueQuery.value':
    case 'FunnelQuery.countBy':
    case 'FunnelQuery.excluding':
    case 'FilterInput.operator':
    case 'CohortAnalysisQuery.days':
      return false;
    default:
      return undefined;
  }
}
