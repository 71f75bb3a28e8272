import { refuseArgument } from './api-error.ts';

/** Parameters by name: text, or a list where the name was sent with brackets. */
export type Parameters = ReadonlyMap<string, string | readonly string[]>;

/** Reads a query string or a form, as the language behind the service does: a name that is sent twice keeps its last value. */
export function parseParameters(form: string): Parameters {
  const parameters = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(form)) {
    const [, name = key, brackets] = /^([^[]+)(\[\d*\])$/.exec(key) ?? [];
    const known = parameters.get(name);
    if (brackets === undefined) parameters.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
}

/** Reads a parameter that must be there as one text. */
export function requireText(parameters: Parameters, name: string): string {
  const text = findText(parameters, name);
  if (text === undefined) throw refuseArgument(`'${name}' is expected but not set`);
  return text;
}

/** Reads one text; undefined where there is none, or an empty one. */
export function findText(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name);
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw refuseArgument(`'${name}' is invalid`);
  return value;
}

/** Reads a list, separated by commas or sent with brackets; undefined where there is none. */
export function findList(parameters: Parameters, name: string): readonly string[] | undefined {
  const value = parameters.get(name);
  if (value === undefined || value.length === 0) return undefined;
  return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}
