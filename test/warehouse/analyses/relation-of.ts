import { toLiteral } from './start-database.ts';

/** A value of a row; a Date is a TIMESTAMP in UTC. */
export type Value = string | number | Date | null;

/** Given the types of columns and rows, return a relation of them that needs no table. */
export function relationOf<Name extends string>(
  types: Readonly<Record<Name, 'timestamp' | 'varchar' | 'double' | 'bigint'>>,
  rows: readonly Readonly<Record<NoInfer<Name>, Value>>[],
): { readonly sql: string; readonly columns: ReadonlySet<string> } {
  const names = Object.keys(types) as Name[];
  const columns = names.map((name, index) => `cast(v${index} as ${types[name]}) as "${name}"`).join(', ');
  const empty = `(${names.map(() => 'null').join(', ')})`;
  const values = rows.map((row) => `(${names.map((name) => toLiteral(row[name])).join(', ')})`);
  const list = `(values ${[empty, ...values].join(', ')}) as given (${names.map((_, index) => `v${index}`).join(', ')})`;
  return {
    sql: `(select ${columns} from ${list} where v0 is not null) as rows`,
    columns: new Set(names),
  };
}
