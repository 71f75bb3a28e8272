import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { KnownSource, KnownWords } from './known-words.ts';
import type { Random } from './random.ts';
import { isNeeded, RIGHT_VALUES, type QuestionScope } from './right-values.ts';
import { makeRepresentations } from './representations.ts';
import { wrongValue } from './wrong-values.ts';

/** Stands for an argument that is left out. */
export const LEFT_OUT = Symbol('left out');

/** Makes up the values of one operation's arguments. */
export interface ArgumentValues {
  /** Given an argument of `type.field`, return its value, or {@link LEFT_OUT}. */
  valueOf(place: { readonly type: string; readonly field: string }, argument: GraphQLArgument): unknown;
}

/** The capability that each kind of question needs. */
const KINDS: Readonly<Record<string, string>> = {
  MetricsQuery: 'METRICS',
  FunnelQuery: 'FUNNEL',
  ConversionQuery: 'CONVERSION',
  RetentionQuery: 'RETENTION',
  CohortAnalysisQuery: 'COHORT_ANALYSIS',
  LifetimeValueQuery: 'LIFETIME_VALUE',
  EventsQuery: 'EVENTS',
  RowsExportInput: 'EXPORTS',
};

const CHARTS = ['MetricsChart', 'FunnelChart', 'RetentionChart', 'UnknownChart'];
const ID_TYPES: Readonly<Record<string, readonly string[]>> = {
  'Query.dashboard': ['Dashboard'],
  'Query.cohort': ['Cohort'],
  'Query.exportTask': ['ExportTask'],
  'Query.node': ['DataSource', 'Dashboard', 'Cohort', 'EventDefinition', 'ExportTask', 'User', ...CHARTS],
  'ExportSourceInput.cohortMembers': ['Cohort'],
  'CancelExportInput.id': ['ExportTask'],
  'RetryExportInput.id': ['ExportTask'],
  'DeleteExportInput.id': ['ExportTask'],
};

/** Deeper than any question goes that a person would ask. */
const DEEPEST = 8;

/** Given what the server knows, return what makes up one operation's arguments: mostly right ones. */
export function createArgumentValues(known: KnownWords, random: Random): ArgumentValues {
  const mistakes = random.chance(0.6) ? 0 : 0.12;
  const optionals = mistakes === 0 ? 0.2 : 0.4;
  const readsOn = random.chance(0.3);

  const scopeOf = (type: string, outer: QuestionScope | undefined): QuestionScope => {
    const kind = KINDS[type] ?? outer?.kind;
    const keepsSource = outer !== undefined && (KINDS[type] === undefined ? random.chance(0.7) : false);
    const able = known.sources.filter(({ capabilities }) =>
      capabilities.some((capability) => capability.kind === kind),
    );
    const source = keepsSource ? outer.source : pickSource(able);
    const limits = source.capabilities.find((capability) => capability.kind === kind)?.limits;
    return { known, random, source, kind, limits };
  };
  const pickSource = (able: readonly KnownSource[]): KnownSource =>
    random.pick(able.length > 0 && (mistakes === 0 || random.chance(0.8)) ? able : known.sources);

  const scalarOf = (type: string, place: string, scope: QuestionScope): unknown => {
    const ids = ID_TYPES[place];
    if (ids && !random.chance(mistakes)) {
      const pool = random.pick(ids.map((id) => known.ids[id] ?? []).filter((list) => list.length > 0));
      return random.pick(pool);
    }
    if (type === 'JSONObject' && mistakes === 0) return makeOptions(scope);
    return wrongValue(type, random);
  };

  const valueOf = (type: GraphQLInputType, place: string, scope: QuestionScope, depth: number): unknown => {
    if (isNonNullType(type)) return valueOf(type.ofType, place, scope, depth);
    const [, field = ''] = place.split('.');
    if (!random.chance(mistakes)) {
      // What is called `source` is a data source's key in every input but that of an export.
      const isWord = !isInputObjectType(getNamedType(type));
      const right = RIGHT_VALUES[place] ?? (isWord ? RIGHT_VALUES[`*.${field}`] : undefined);
      if (right) return right(scope) ?? (isListType(type) ? [] : 'UTC');
      if (isInputObjectType(type) && RIGHT_VALUES[type.name] && !random.chance(mistakes * 2))
        return RIGHT_VALUES[type.name]?.(scope);
    }
    if (isListType(type)) {
      const length = mistakes === 0 ? random.whole(1, 2) : random.pick([0, 1, 2, 3, 25]);
      return Array.from({ length }, () => valueOf(type.ofType, place, scope, depth));
    }
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) return objectOf(type, scope, depth + 1);
    return scalarOf(type.name, place, scope);
  };

  const objectOf = (type: GraphQLInputObjectType, outer: QuestionScope, depth: number): unknown => {
    const asksAnother = type.getFields()['source'] !== undefined;
    const scope = asksAnother || KINDS[type.name] ? scopeOf(type.name, outer) : outer;
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = random.pick(fields);
      return { [field.name]: valueOf(field.type, `${type.name}.${field.name}`, scope, depth) };
    }
    const named = fields.filter((field) => isNamed(field, `${type.name}.${field.name}`, { scope, depth }));
    const made = named.map((field): [string, unknown] => [
      field.name,
      valueOf(field.type, `${type.name}.${field.name}`, scope, depth),
    ]);
    return withFormulas(type.name, Object.fromEntries(made));
  };

  const isNamed = (
    field: GraphQLInputField,
    place: string,
    { scope, depth }: { scope: QuestionScope; depth: number },
  ): boolean => {
    if (isRequiredInputField(field)) return true;
    if (depth > DEEPEST || field.name === 'formulas') return false;
    const needed = mistakes === 0 ? isNeeded(place, scope) : undefined;
    return needed ?? random.chance(optionals);
  };

  /** Formulas name series of their own question, which no value by itself knows. */
  const withFormulas = (type: string, value: Record<string, unknown>): unknown => {
    if (type !== 'MetricsQuery' || !Array.isArray(value['select']) || !random.chance(0.4)) return value;
    const select = (value['select'] as object[]).map((selection, index) => ({ ...selection, as: `s${index}` }));
    const expression = random.pick(
      mistakes === 0
        ? ['s0 * 2', 's0 / s0', '(s0 + 1) / 0', '-s0', 's0 - s0 * 1e3']
        : [
            's0 /',
            '1',
            's0 / s9',
            '('.repeat(500),
            '"s0"',
            '1e999 * s0',
            '',
            '-'.repeat(3_000) + 's0',
            'f',
            '__proto__',
          ],
    );
    return { ...value, select, formulas: [{ as: 'f', expression }] };
  };

  const outermost = scopeOf('', undefined);
  return {
    valueOf({ type, field }, argument) {
      const place = `${type}.${field}`;
      if (place === 'Query._entities') return makeRepresentations(known, random);
      if (place === 'Query.events' && readsOn && argument.name === 'query') return known.eventsQuery;
      if (argument.name === 'after') {
        const cursors = known.cursors[field] ?? [];
        if (readsOn && cursors.length > 0 && !random.chance(mistakes)) return random.pick(cursors);
        return mistakes > 0 && random.chance(0.3) ? wrongCursor(known, random) : LEFT_OUT;
      }
      const isOptional = !isNonNullType(argument.type) || argument.defaultValue !== undefined;
      if (isOptional && argument.name !== 'first' && random.chance(0.6)) return LEFT_OUT;
      if (argument.name === 'nativeId' && !random.chance(mistakes)) {
        const ids = known.nativeIds[field === 'user' ? 'User' : 'Dashboard'] ?? [];
        if (ids.length > 0) return random.pick(ids);
      }
      if (argument.name === 'key' && !random.chance(mistakes)) return random.pick(known.sources).key;
      if (argument.name === 'first' && !random.chance(mistakes)) return random.whole(1, 20);
      const idPlace = ID_TYPES[place] ? place : `${type}.${argument.name}`;
      return valueOf(argument.type, idPlace, outermost, 0);
    },
  };
}

const toCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TASK = '7f3c1f4e-6f0a-4c57-9a63-2d1f8f1f0a11';
const WRONG_CURSORS = [
  '',
  'x',
  'bnVsbA',
  toCursor([Number.MAX_SAFE_INTEGER, TASK]),
  toCursor([-Number.MAX_SAFE_INTEGER, TASK]),
  toCursor([0, TASK]),
  toCursor([Number.MAX_SAFE_INTEGER, 'x']),
  toCursor([0, '\0']),
  toCursor([]),
];

/** A cursor of another list, or of none. */
function wrongCursor({ cursors }: KnownWords, random: Random): string {
  return random.pick([...WRONG_CURSORS, ...Object.values(cursors).flat()]);
}

/** One option of the data source's own, as its JSON Schema says. */
function makeOptions({ source, kind, random }: QuestionScope): unknown {
  const schema = source.capabilities.find((capability) => capability.kind === kind)?.optionsSchema;
  const properties = Object.entries((schema?.['properties'] ?? {}) as Record<string, JsonSchema>);
  if (properties.length === 0) return {};
  const [name, property] = random.pick(properties);
  return { [name]: makeJson(property, random) };
}

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function makeJson(schema: JsonSchema, random: Random): unknown {
  if (schema.enum) return random.pick(schema.enum);
  if (schema.anyOf) return makeJson(random.pick(schema.anyOf), random);
  switch (schema.type) {
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number':
      return random.whole(0, 100);
    case 'array':
      return [makeJson(schema.items ?? {}, random)];
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, makeJson(property, random)]),
      );
    default:
      return random.pick(['2026-05-01', '2026-05-01T00:00:00Z', 'ios', '1']);
  }
}
