import { SAVED_CHART_TYPES, type SavedChartKind } from '../analytics/dashboards.ts';
import type { DataSource } from '../analytics/data-source.ts';
import { parseGlobalId } from '../analytics/global-id.ts';
import { InvalidQueryError } from '../errors.ts';
import { refusal } from './single-source.ts';

/** Which chart a question may name, and where it stands in the question. */
export interface ChartPlace {
  readonly dataSource: DataSource;
  readonly kind: Exclude<SavedChartKind, 'UNKNOWN'>;
  readonly path: string;
  /** Whether the data source takes saved charts of this kind. */
  readonly takesChart: boolean | undefined;
}

const QUESTIONS: Readonly<Record<SavedChartKind, string>> = {
  METRICS: 'ask for it with metrics',
  FUNNEL: 'ask for it with funnel',
  RETENTION: 'ask for it with retention',
  UNKNOWN: 'it cannot be asked for',
};

/**
 * Given a saved chart's id, ours or the provider's own, return the provider's; throws where it belongs to another data source, is of
 * another kind, or where the data source takes none.
 */
export function resolveChart(id: string, { dataSource, kind, path, takesChart }: ChartPlace): string {
  if (takesChart !== true) throw refusal(`${path}: saved charts cannot be asked for; leave it out`, dataSource);
  const parsed = parseGlobalId(id);
  const found = parsed && kindOf(parsed.type);
  // Anything that is no id of ours is taken for the provider's own, as the address of its page shows it.
  if (!parsed || !found) return id;
  const [source, , nativeId] = parsed.parts;
  if (source !== dataSource.key) {
    throw new InvalidQueryError(`${path}: is a chart of data source "${source}", not of "${dataSource.key}"`);
  }
  // Where the provider does not say what a chart is, the caller may know.
  if (found !== kind && found !== 'UNKNOWN') {
    throw new InvalidQueryError(`${path}: is a saved ${found.toLowerCase()} chart; ${QUESTIONS[found]}`);
  }
  return nativeId ?? id;
}

function kindOf(type: string): SavedChartKind | undefined {
  return (Object.keys(SAVED_CHART_TYPES) as SavedChartKind[]).find((kind) => SAVED_CHART_TYPES[kind] === type);
}
