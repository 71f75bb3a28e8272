import { isEnumType, type GraphQLSchema } from 'graphql';
import { checkShape } from './answer-shape.ts';
import { type GeneratedOperation } from './generated-operation.ts';
import { print } from 'graphql';

/** What is wrong with an answer, and what of the schema it was an answer to. */
export interface CheckedAnswer {
  readonly complaints: readonly string[];
  /** Fields that were answered, as `Type.field`. */
  readonly met: ReadonlySet<string>;
  /** Codes of its errors. */
  readonly codes: readonly string[];
}

interface RawError {
  readonly message?: unknown;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: unknown };
}

// Longer than any operation may take here: who waits longer has met a hang.
const HANG_MS = 120_000;

/** Send an operation and look at everything about its answer that must always hold. */
export async function askAndCheck(
  { url, schema }: { readonly url: string; readonly schema: GraphQLSchema },
  operation: Omit<GeneratedOperation, 'seed'>,
): Promise<CheckedAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(operation.document), variables: operation.variables }),
    signal: AbortSignal.timeout(HANG_MS),
  });
  const text = await response.text();
  const complaints: string[] = [];
  const met = new Set<string>();
  if (response.status >= 500) complaints.push(`the status is ${response.status}`);
  const body = parseJson(text);
  if (!body) return { complaints: [...complaints, `no JSON object: ${text.slice(0, 200)}`], met, codes: [] };
  const errors = (body['errors'] ?? []) as readonly RawError[];
  const known = knownCodes(schema);
  for (const error of errors) {
    const code = String(error.extensions?.code);
    if (code === 'INTERNAL_SERVER_ERROR' || !known.has(code))
      complaints.push(`${code} at ${error.path?.join('.')}: ${String(error.message)}`);
    if (!isNullAt(body['data'], error.path ?? [])) complaints.push(`an error at ${error.path?.join('.')}, and a value`);
  }
  if (errors.length === 0 && !body['data']) complaints.push('neither data nor errors');
  if (response.status >= 400 && errors.length === 0) complaints.push(`status ${response.status} without errors`);
  if (body['data']) {
    const mistake = (path: readonly (string | number)[], message: string): void =>
      void complaints.push(`${path.join('.')} ${message}`);
    const listener = { mistake, met: (field: string) => void met.add(field) };
    checkShape(schema, operation, { data: body['data'], listener });
  }
  return { complaints, met, codes: errors.map(({ extensions }) => String(extensions?.code)) };
}

function knownCodes(schema: GraphQLSchema): ReadonlySet<string> {
  const codes = schema.getType('ErrorCode');
  return new Set(isEnumType(codes) ? codes.getValues().map(({ name }) => name) : []);
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Whether what failed is null, or something around it is. */
function isNullAt(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const step of path) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value === null || value === undefined;
}
