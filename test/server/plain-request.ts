import { request as send, type IncomingHttpHeaders } from 'node:http';

/** What is sent; unlike `fetch`, any header may be set and any body be sent with any method. */
export interface PlainRequest {
  readonly method?: string;
  /** `/graphql` where left out. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Send a request to a server and return the whole answer. */
export function request(url: string, options: PlainRequest = {}): Promise<PlainAnswer> {
  const { method = options.body === undefined ? 'GET' : 'POST', path = '/graphql', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    // In parts, because a whole URL would be tidied.
    const { hostname, port } = new URL(url);
    const outgoing = send({ hostname, port, path, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? NaN, headers: incoming.headers, text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The only error of an answer in GraphQL's shape. */
export function errorOf({ text }: PlainAnswer): { readonly code: string; readonly message: string } {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  const [error] = errors;
  if (!error || errors.length !== 1) throw new Error(`One error was wanted: ${text}`);
  return { code: error.extensions.code, message: error.message };
}

/** An operation that holds data of the configuration and asks no provider, as a POST. */
export const OPERATION: PlainRequest = {
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ dataSources { key } }' }),
};

/** Given headers, return {@link OPERATION} with them. */
export function operationWith(headers: Readonly<Record<string, string>>): PlainRequest {
  return { ...OPERATION, headers: { ...OPERATION.headers, ...headers } };
}

/** The same operation as a GET. */
export const OPERATION_PATH = `/graphql?query=${encodeURIComponent('{ dataSources { key } }')}`;
