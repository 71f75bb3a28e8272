import type { DimensionValue, Unit } from '../analytics/catalog.ts';
import { evaluateFormula, namesIn, type Formula } from '../analytics/formulas.ts';
import type { MetricSeries } from '../analytics/metrics.ts';
import { QueryLimitError } from '../errors.ts';
import { unitOfFormula } from './formula-units.ts';

/** A formula, parsed. */
export interface ParsedFormula {
  readonly as: string;
  readonly formula: Formula;
  /** What the caller says it counts or measures; null to work it out. */
  readonly unit: Unit | null;
  /** Of its argument, for messages. */
  readonly path: string;
}

/** The series of a formula, and what must be known to read them. */
export interface FormulaAnswer {
  readonly series: readonly MetricSeries[];
  readonly warnings: readonly string[];
}

/**
 * Given a formula and the series of the report so far, return the formula's own: one for each group that any of its series has, bucket by bucket, and over the totals. Throws
 * where money of several currencies would be mixed, and where buckets of several data sources do not begin at the same time.
 */
export function toFormulaSeries(formula: ParsedFormula, series: readonly MetricSeries[]): FormulaAnswer {
  const names = namesIn(formula.formula);
  const operands = series.filter(({ name }) => names.includes(name));
  const [first] = operands;
  if (!first) return { series: [], warnings: [] };
  const { unit, currency } = unitOfFormula(formula, operands);
  const groups = new Map(operands.map(({ dimensions }) => [keyOf(dimensions), dimensions]));
  const made = [...groups].map(([key, dimensions]): MetricSeries => {
    const find = (name: string) => operands.find((one) => one.name === name && keyOf(one.dimensions) === key);
    const evaluate = (read: (one: MetricSeries) => readonly (number | null)[] | null) =>
      evaluateFormula(formula.formula, (name) => {
        const found = find(name);
        return (found && read(found)) ?? [];
      });
    const evaluateOne = (read: (one: MetricSeries) => number | null) => evaluate((one) => [read(one)])[0] ?? null;
    const hasPrevious = operands.some(({ previous }) => previous !== null);
    return {
      name: formula.as,
      metric: null,
      source: null,
      answeredBy: null,
      unit,
      currency,
      dimensions,
      total: evaluateOne(({ total }) => total),
      previousTotal: evaluateOne(({ previousTotal }) => previousTotal),
      axis: first.axis,
      values: evaluate(({ values }) => values),
      previous: hasPrevious ? evaluate(({ previous }) => previous) : null,
    };
  });
  return { series: made, warnings: warningsOf(formula, operands) };
}

function keyOf(dimensions: readonly DimensionValue[]): string {
  return JSON.stringify(dimensions.map(({ dimension, value }) => [dimension, value]).toSorted());
}

/** Days of several time zones are days of the same name; shorter buckets are not the same time at all. */
function warningsOf({ as, path }: ParsedFormula, operands: readonly MetricSeries[]): readonly string[] {
  const zones = new Map(operands.map(({ axis, name }) => [axis.timezone, name]));
  const starts = new Set(operands.map(({ axis }) => JSON.stringify(axis.epochs)));
  if (zones.size < 2 || starts.size < 2) return [];
  const whose = [...zones].map(([zone, name]) => `"${name}" counts in days of ${zone}`).join(', ');
  if (operands.some(({ axis }) => axis.dates === null)) {
    throw new QueryLimitError(
      `${path}: ${whose}, so that their hours do not begin together. Ask for days, or set timezone`,
    );
  }
  return [`"${as}" combines days of different time zones: ${whose}.`];
}
