import type { FunnelStepCount } from '../../analytics/funnels.ts';
import { malformed } from './malformed.ts';
import type { MetricColumn, TableRow } from './table.ts';

/** A step of a saved funnel, and the column of how many reached it. */
export interface StepColumn {
  readonly name: string;
  /** GrowingIO's word, where `name` is another. */
  readonly nativeName?: string;
  readonly column: MetricColumn;
}

const OVERALL_RATE = '总转化率';
const ORDINAL = /^(第[一二三四五六七八九十\d]+步|最后一步)$/;

/** Given the columns of a funnel's numbers, return its steps: each is how many reached it, and a rate behind. */
export function toStepColumns(columns: readonly MetricColumn[]): StepColumn[] {
  const steps: StepColumn[] = [];
  let isRateNext = false;
  for (const column of columns) {
    const { word, index } = column;
    if (word === OVERALL_RATE) continue;
    if (word.endsWith('人数')) {
      steps.push(toStep(column, steps.length + 1));
      isRateNext = true;
    } else if (isRateNext && word.endsWith('转化率')) {
      // Rates are worked out of the counts: whether this one is to the step or from it is not documented.
      isRateNext = false;
    } else {
      throw malformed(`meta[${index}]`, 'expected how many reached a step, or the rate of the step before');
    }
  }
  if (steps.length < 2) throw malformed('meta', 'expected at least two steps');
  return steps;
}

/** By its place and not by its name: two steps may be of one event, and the last is not numbered. */
function toStep(column: MetricColumn, place: number): StepColumn {
  const label = column.word.slice(0, -'人数'.length);
  if (label !== '' && !ORDINAL.test(label)) return { name: label, column };
  return { name: `Step ${place}`, ...(label !== '' && { nativeName: label }), column };
}

/** Given a funnel's steps and a row, return how many reached each; nobody knows how many without a row. */
export function toStepCounts(steps: readonly StepColumn[], row: TableRow | null): FunnelStepCount[] {
  return steps.map(({ column, ...names }) => ({
    ...names,
    count: row?.numberIn(column) ?? null,
    medianTimeFromPreviousMs: null,
  }));
}
