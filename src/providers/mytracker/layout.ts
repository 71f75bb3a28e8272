import { columnsReadBy, type ColumnSource, type RowsLayout, type RowsQuery } from '../../analytics/exports.ts';
import { InvalidQueryError } from '../../errors.ts';
import { CODES_BY_COUNTRY_ID } from './countries.ts';
import { findColumn } from './tables.ts';

const SOURCES: Readonly<Record<string, ColumnSource>> = {
  country: { kind: 'LOOK_UP', column: 'idCountry', values: CODES_BY_COUNTRY_ID },
  'params.name': { kind: 'QUOTED_LIST', column: 'params.name' },
  'params.value': { kind: 'QUOTED_LIST', column: 'params.value' },
};

/** Given a question, return the selectors that it needs, each once, in the order of its columns. */
export function toSelectors({ columns }: Pick<RowsQuery, 'columns'>): readonly string[] {
  return [...new Set(columns.flatMap((name) => columnsReadBy(toSource(name))))];
}

/** Given a question, return what its rows are like. */
export function toLayout(query: Pick<RowsQuery, 'columns'>): RowsLayout {
  const selectors = toSelectors(query);
  return {
    dialect: {
      delimiter: ',',
      // MyTracker heads its columns with the selectors as they were asked for, in their order.
      header: selectors,
      columns: selectors,
      // Neither is documented: the files look like those of ClickHouse, which writes \N.
      nullTexts: ['\\N', ''],
    },
    columns: query.columns.map((name) => ({
      name,
      type: findColumn(name)?.type ?? 'TEXT',
      source: toSource(name),
    })),
  };
}

function toSource(name: string): ColumnSource {
  // Selectors are sent between commas.
  if (!/^[\w.-]+$/.test(name)) throw new InvalidQueryError(`columns: "${name}" cannot be the name of a selector`);
  return (Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined) ?? { kind: 'AS_IS', column: name };
}
