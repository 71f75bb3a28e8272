import { namesIn, parseFormula } from '../analytics/formulas.ts';
import type { MetricSelection, MetricsRequest } from '../analytics/metrics.ts';
import { InvalidQueryError } from '../errors.ts';
import type { ParsedFormula } from './formula-series.ts';
import { nameOfMeasure } from './metrics-question.ts';

/** Given a question, return its formulas, parsed; throws where one names no series, or a name that two of them have. */
export function parseFormulas({ select, formulas = [] }: Pick<MetricsRequest, 'select' | 'formulas'>): ParsedFormula[] {
  const names = select.map(nameOfSelection);
  // A saved chart may hold series that only its answer names.
  const isOpen = names.includes(null);
  const known = names.filter((name) => name !== null);
  return formulas.map(({ as, expression, unit = null }, index) => {
    const path = `query.formulas[${index}]`;
    if (known.includes(as)) throw new InvalidQueryError(`${path}.as: another series is called "${as}" already`);
    const formula = parseFormula(expression, `${path}.expression`, isOpen ? null : known);
    const taken = namesIn(formula).find((name) => known.filter((other) => other === name).length > 1);
    if (taken !== undefined) {
      throw new InvalidQueryError(
        `${path}.expression: several selections are called "${taken}". Call each something else with \`as\``,
      );
    }
    known.push(as);
    return { as, formula, unit, path };
  });
}

/** What the series of a selection are called; null where only the answer says. */
function nameOfSelection({ as = null, metric }: MetricSelection): string | null {
  if ('chart' in metric) return null;
  if (as !== null) return as;
  return 'key' in metric ? metric.key : nameOfMeasure(metric.event);
}
