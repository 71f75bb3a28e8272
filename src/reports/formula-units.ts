import type { Unit } from '../analytics/catalog.ts';
import type { Formula } from '../analytics/formulas.ts';
import type { MetricSeries } from '../analytics/metrics.ts';
import { QueryLimitError } from '../errors.ts';
import type { ParsedFormula } from './formula-series.ts';

/** What a formula's number is: money of a currency, or something else. A number that is written in the formula goes with either. */
type Kind = { readonly currency: string | null; readonly isLiteral: boolean };

/** Given a formula and the series that it is made of, return what it counts or measures; throws where money would be mixed. */
export function unitOfFormula(
  { formula, unit, as, path }: ParsedFormula,
  operands: readonly MetricSeries[],
): { readonly unit: Unit; readonly currency: string | null } {
  const { currency } = kindOf(formula, { operands, path });
  if (unit === 'MONEY' && currency === null) {
    throw new QueryLimitError(`${path}: "${as}" is no money of one known currency; leave unit out, or choose another`);
  }
  if (unit !== null) return { unit, currency: unit === 'MONEY' ? currency : null };
  return currency === null ? { unit: 'NUMBER', currency: null } : { unit: 'MONEY', currency };
}

function kindOf(formula: Formula, context: { operands: readonly MetricSeries[]; path: string }): Kind {
  switch (formula.kind) {
    case 'NUMBER':
      return { currency: null, isLiteral: true };
    case 'NAME':
      return kindOfSeries(formula.name, context);
    case 'MINUS':
      return kindOf(formula.of, context);
    default: {
      const [left, right] = [kindOf(formula.left, context), kindOf(formula.right, context)];
      return combine(formula.kind, [left, right], context.path);
    }
  }
}

function kindOfSeries(name: string, { operands, path }: { operands: readonly MetricSeries[]; path: string }): Kind {
  const currencies = new Set(operands.flatMap((one) => (one.name === name ? [one.currency] : [])));
  if (currencies.size > 1) throw mixed([...currencies], path);
  return { currency: [...currencies][0] ?? null, isLiteral: false };
}

function combine(operator: Operator, [left, right]: readonly [Kind, Kind], path: string): Kind {
  const isLiteral = left.isLiteral && right.isLiteral;
  if (left.currency !== null && right.currency !== null && left.currency !== right.currency) {
    throw mixed([left.currency, right.currency], path);
  }
  return { currency: CURRENCIES[operator](left, right, path), isLiteral };
}

type Operator = '+' | '-' | '*' | '/';

/** The currency of two numbers together; null where they are no money any more. */
const CURRENCIES: Readonly<Record<Operator, (left: Kind, right: Kind, path: string) => string | null>> = {
  '+': ofSum,
  '-': ofSum,
  '*': ofProduct,
  // Money by money is a ratio; a count by money is no money either.
  '/': (left, right) => (right.currency === null ? left.currency : null),
};

function ofSum(left: Kind, right: Kind, path: string): string | null {
  const currency = left.currency ?? right.currency;
  const isOther = (kind: Kind): boolean => kind.currency === null && !kind.isLiteral;
  if (currency !== null && (isOther(left) || isOther(right))) {
    throw new QueryLimitError(`${path}: adds what is no money to money in ${currency}, or takes it away`);
  }
  return currency;
}

function ofProduct(left: Kind, right: Kind, path: string): string | null {
  if (left.currency !== null && right.currency !== null)
    throw new QueryLimitError(`${path}: multiplies money by money`);
  return left.currency ?? right.currency;
}

function mixed(currencies: readonly (string | null)[], path: string): Error {
  const names = currencies.map((currency) => currency ?? 'no known currency').join(' and ');
  return new QueryLimitError(`${path}: mixes money in ${names}; nothing here converts one into the other`);
}
