import { DatabaseError } from '../requests/api-error.ts';
import type { EventFields } from './event-fields.ts';
import type { EventFilter } from '../requests/schemas.ts';

/** Says of an event, by its number, whether it is wanted. */
export type EventTest = (event: number) => boolean;

type ValueTest = (value: string) => boolean;

/** Turns filters into one test; unknown fields and empty values are ignored, as the service ignores them. */
export function createEventTest(fields: EventFields, filters: readonly EventFilter[]): EventTest {
  const tests = filters.flatMap((filter) => createFilterTest(fields, filter) ?? []);
  if (tests.length === 0) return () => true;
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (event) => tests.every((test) => test(event));
}

function createFilterTest(fields: EventFields, filter: EventFilter): EventTest | undefined {
  const { name, operator, value } = filter;
  if (operator === 'inCohort' || operator === 'notInCohort') return () => operator === 'notInCohort';
  const field = fields.find(name);
  const needsNoValue = operator === 'isNull' || operator === 'isNotNull';
  if (!field || (value.length === 0 && !needsNoValue)) return undefined;
  const test = createValueTest(filter);
  const passes = new Uint8Array(field.entries);
  for (let entry = 0; entry < field.entries; entry += 1) passes[entry] = field.valuesOf(entry).some(test) ? 1 : 0;
  return (event) => passes[field.entryOf[event] ?? 0] === 1;
}

function createValueTest({ operator, value, type }: EventFilter): ValueTest {
  const texts = value.map((item) => String(item ?? '').trim());
  switch (operator) {
    case 'is':
      return (actual) => texts.includes(actual);
    case 'isNot':
      return (actual) => !texts.includes(actual);
    case 'contains':
      return (actual) => texts.some((text) => actual.includes(text));
    case 'doesNotContain':
      return (actual) => !texts.some((text) => actual.includes(text));
    case 'startsWith':
      return (actual) => texts.some((text) => actual.startsWith(text));
    case 'endsWith':
      return (actual) => texts.some((text) => actual.endsWith(text));
    case 'regex':
      return createRegexTest(texts);
    case 'isNull':
      return (actual) => actual === '';
    case 'isNotNull':
      return (actual) => actual !== '';
    default:
      return createComparison(operator, texts, type);
  }
}

function createRegexTest(texts: readonly string[]): ValueTest {
  try {
    const patterns = texts.map((text) => new RegExp(text));
    return (actual) => patterns.some((pattern) => pattern.test(actual));
  } catch {
    throw new DatabaseError(`OptimizedRegularExpression: cannot compile re2: ${texts.join('|')}`);
  }
}

function createComparison(operator: string, texts: readonly string[], type: EventFilter['type']): ValueTest {
  const isTime = type === 'date' || type === 'datetime';
  const toNumber = isTime ? (text: string) => Date.parse(text) : toFloat;
  const limits = texts.map((text) => {
    const limit = toNumber(text);
    if (limit === null || Number.isNaN(limit)) throw cannotParse(text, isTime ? 'DateTime' : 'Float64');
    return limit;
  });
  return (actual) => {
    // What is not a number counts as zero here, and as nothing in sums: the service uses two conversions.
    const number = toNumber(actual) ?? 0;
    return limits.some((limit) => compare(operator, number, limit));
  };
}

function compare(operator: string, actual: number, limit: number): boolean {
  if (operator === 'gt') return actual > limit;
  if (operator === 'lt') return actual < limit;
  return operator === 'gte' ? actual >= limit : actual <= limit;
}

/** Reads a number as the database does: all of the text, or null. */
export function toFloat(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}

function cannotParse(text: string, type: string): DatabaseError {
  return new DatabaseError(
    `Cannot parse string '${text}' as ${type}: syntax error at begin of string. Note: there are to${type}OrZero and to${type}OrNull functions, which returns zero/NULL instead of throwing exception`,
  );
}
