import { request as send, type OutgoingHttpHeaders } from 'node:http';
import { ERROR_CODES } from '../../src/errors.ts';

/** What is sent, to the byte. */
export interface RawRequest {
  readonly method?: string;
  /** `/graphql` where left out. */
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

// docs/errors.md: what the GraphQL server and the routes say of requests that never get to a field.
const DOOR_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_HASH_MISMATCH',
  'BAD_REQUEST',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
];
const CODES: ReadonlySet<unknown> = new Set(
  [...ERROR_CODES, ...DOOR_CODES].filter((code) => code !== 'INTERNAL_SERVER_ERROR'),
);

// Longer than anything here may take: who waits longer has met a hang.
const HANG_MS = 60_000;

/** Send a request, whatever it is, and return the whole answer. */
export function sendRaw(
  url: string,
  { method = 'POST', path = '/graphql', headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const signal = AbortSignal.timeout(HANG_MS);
    const outgoing = send({ hostname, port, path, method, headers, agent: false, signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? NaN, type: incoming.headers['content-type'] ?? '', text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Send an operation as JSON. */
export function sendOperation(url: string, operation: object): Promise<RawAnswer> {
  return sendRaw(url, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(operation) });
}

/** Given an answer, return what is unsound about it: it must be JSON of GraphQL's shape with known codes, and nobody's fault but the caller's. */
export function findFaults({ status, type, text }: RawAnswer): string[] {
  const faults: string[] = [];
  if (!(status >= 200 && status < 500)) faults.push(`status ${status}`);
  if (!/^application\/(graphql-response\+)?json/.test(type)) faults.push(`content type "${type}"`);
  try {
    const { data, errors } = JSON.parse(text) as {
      data?: unknown;
      errors?: { message?: unknown; extensions?: { code?: unknown } }[];
    };
    if (data === undefined && !(errors && errors.length > 0)) faults.push('neither data nor errors');
    for (const { message, extensions } of errors ?? []) {
      if (!CODES.has(extensions?.code)) faults.push(`code ${String(extensions?.code)}`);
      if (typeof message !== 'string' || message === '') faults.push('an error without a message');
    }
  } catch {
    faults.push('no JSON');
  }
  return faults.length > 0 ? [...faults, text.slice(0, 300)] : [];
}
