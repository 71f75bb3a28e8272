import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import {
  changedDocument,
  LARGE_DOCUMENTS,
  NESTED_DOCUMENTS,
  ODD_DOCUMENTS,
  VALID_DOCUMENTS,
} from './malformed-documents.ts';
import { anyJson, listAskedFields } from './odd-variables.ts';
import { exchangeMessages, oddMessages } from './odd-sockets.ts';
import { findFaults, sendOperation, sendRaw, type RawRequest } from './sound-answer.ts';

// README.md says what these are for.
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const LONG_MS = 3_600_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: ServerUnderTest;

beforeAll(async () => {
  // Whoever asks for rows that are not there waits for them no longer than this.
  server = await startServerUnderTest({ hasDatabase: true, env: { REQUEST_TIMEOUT_MS: '3000' } });
}, LONG_MS);
afterAll(() => server.close(), LONG_MS);

/** Try a property with as many cases as are asked for; a failure names the smallest case that fails. */
function tryOut<T>(
  cases: fc.Arbitrary<T>,
  faultsOf: (one: T) => Promise<readonly string[]>,
  runs = RUNS,
): Promise<void> {
  const property = fc.asyncProperty(cases, async (one) => {
    expect(await faultsOf(one)).toEqual([]);
  });
  return fc.assert(property, { seed: SEED, numRuns: runs, endOnFailure: false, interruptAfterTimeLimit: LONG_MS });
}

const send = async (request: RawRequest): Promise<string[]> => findFaults(await sendRaw(server.url, request));
const ask = async (operation: object): Promise<string[]> => findFaults(await sendOperation(server.url, operation));

describe('a document', { timeout: LONG_MS }, () => {
  it('that has lost, doubled or swapped tokens is answered or refused', () =>
    tryOut(changedDocument, (query) => ask({ query }), RUNS * 4));

  it('of any characters is refused', () =>
    tryOut(fc.string({ unit: 'binary', maxLength: 300 }), (query) => ask({ query })));

  it.each(ODD_DOCUMENTS)('with %s is answered or refused', async (_what, query) => {
    expect(await ask({ query })).toEqual([]);
  });

  it('with anything in itself as often as one likes is answered or refused', () =>
    tryOut(
      fc.tuple(fc.constantFrom(...NESTED_DOCUMENTS), fc.integer({ min: 10, max: 9_900 })),
      ([nest, depth]) => ask({ query: nest(depth) }),
      RUNS * 2,
    ));

  it.each(LARGE_DOCUMENTS)('of too many %s is answered or refused', async (_what, query) => {
    expect(await ask({ query })).toEqual([]);
  });
});

describe('variables', { timeout: LONG_MS }, () => {
  const fields = listAskedFields(createSchema());

  it.each(fields.map((field) => [field.coordinate, field] as const))(
    'of %s of any shape are answered or refused',
    (_coordinate, { query, variables }) => tryOut(variables, (values) => ask({ query, variables: values })),
  );

  it.each(fields.map((field) => [field.coordinate, field] as const))(
    'of %s of no shape are refused',
    (_coordinate, { query }) => tryOut(anyJson, (values) => ask({ query, variables: values }), Math.ceil(RUNS / 4)),
  );

  const METRICS = 'query ($query: MetricsQuery!) { metrics(query: $query) { csv } }';
  it.each<[string, string]>([
    ['nested a thousand deep', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['nested a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a text of a megabyte', JSON.stringify('x'.repeat(1_000_000))],
    ['a prototype', '{"__proto__":{"source":"x"}}'],
    ['a constructor', '{"constructor":{"prototype":{"source":"x"}}}'],
    ['a key that is there twice', '{"select":[],"select":1,"period":{"preset":"TODAY"}}'],
    ['a number that is too large', '{"select":[],"period":{"preset":"TODAY"},"seriesLimit":1e400}'],
    ['a list of ten thousand selections', `{"select":[${'{"source":"a","metric":{"key":"b"}},'.repeat(10_000)}1]}`],
    [
      'ten thousand filters',
      `{"select":[{"source":"sandbox-openpanel","metric":{"key":"events"}}],"period":{"preset":"TODAY"},"filters":[${Array(10_000).fill('{"dimension":"country","values":["a"]}').join()}]}`,
    ],
    [
      'ten thousand mistakes',
      `{"select":[{"source":"sandbox-openpanel","metric":{"key":"events"}}],"period":{"preset":"TODAY"},"breakdown":[${Array(10_000).fill('"a"').join()}]}`,
    ],
    [
      'a formula in parentheses',
      `{"select":[{"source":"sandbox-openpanel","metric":{"key":"events"},"as":"a"}],"period":{"preset":"TODAY"},"formulas":[{"as":"f","expression":"${'('.repeat(100_000)}a${')'.repeat(100_000)}"}]}`,
    ],
    [
      'a formula of minus signs',
      `{"select":[{"source":"sandbox-openpanel","metric":{"key":"events"},"as":"a"}],"period":{"preset":"TODAY"},"formulas":[{"as":"f","expression":"${'-'.repeat(100_000)}a"}]}`,
    ],
    [
      'a long formula',
      `{"select":[{"source":"sandbox-openpanel","metric":{"key":"events"},"as":"a"}],"period":{"preset":"TODAY"},"formulas":[{"as":"f","expression":"a${'+a'.repeat(100_000)}"}]}`,
    ],
  ])('with %s are answered or refused', async (_what, text) => {
    const body = `{"query":${JSON.stringify(METRICS)},"variables":{"query":${text}}}`;
    expect(await send({ headers: { 'content-type': 'application/json' }, body })).toEqual([]);
  });
});

const TYPES = [
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/json; charset=utf-16',
    'application/json;charset',
  ],
  ...[
    'application/graphql',
    'application/graphql+json',
    'application/json, text/html',
    'text/plain',
    'text/html',
    'a/b',
    '/',
    '',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'APPLICATION/JSON',
    'x'.repeat(5000),
  ],
];
const ACCEPTS = [
  ...[
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'text/html',
    'text/event-stream',
    'multipart/mixed',
  ],
  ...[
    'multipart/mixed;deferSpec=20220824',
    'application/json;q=0',
    'image/png',
    '',
    ';',
    'q=',
    'x'.repeat(5000),
    'application/*',
    '*/json',
  ],
];
const ENCODINGS = ['identity', 'gzip', 'br', 'deflate', 'zstd', 'x', '', 'gzip, gzip', '*;q=0', 'gzip;q=2'];
const VALID_BODY = JSON.stringify({ query: '{ dataSources { key } }' });

describe('a body', { timeout: LONG_MS }, () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((list) => Buffer.from(list)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    anyJson.map((value) => Buffer.from(JSON.stringify(value))),
    fc
      .constantFrom('utf16le', 'latin1', 'base64')
      .map((encoding) => Buffer.from(Buffer.from(VALID_BODY).toString(encoding as BufferEncoding))),
    fc.constantFrom(
      gzipSync(VALID_BODY),
      deflateSync(VALID_BODY),
      gzipSync(VALID_BODY).subarray(0, 20),
      Buffer.from(VALID_BODY, 'utf16le'),
    ),
    fc.nat(VALID_BODY.length).map((end) => Buffer.from(VALID_BODY.slice(0, end))),
  );

  it('of any bytes, of any type is refused', () =>
    tryOut(
      fc.record({ bytes, type: fc.constantFrom(...TYPES), encoding: fc.constantFrom(undefined, ...ENCODINGS) }),
      ({ bytes: body, type, encoding }) =>
        send({
          body,
          headers: { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) },
        }),
      RUNS * 2,
    ));

  it('with any values for what a request is made of is refused', () =>
    tryOut(
      fc.record(
        { query: anyJson, variables: anyJson, operationName: anyJson, extensions: anyJson },
        { requiredKeys: [] },
      ),
      (body) => ask(body),
    ));

  const hash = createHash('sha256').update('{ __typename }').digest('hex');
  it.each<[string, unknown]>([
    ['a list of operations', [{ query: '{ __typename }' }]],
    ['a thousand operations', Array.from({ length: 1000 }, () => ({ query: '{ __typename }' }))],
    ['extensions of another type', { query: '{ __typename }', extensions: 7 }],
    ['a persisted query of no version', { extensions: { persistedQuery: { sha256Hash: hash } } }],
    ['a persisted query of another version', { extensions: { persistedQuery: { version: 2, sha256Hash: hash } } }],
    ['a persisted query that is not known', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
    [
      'a persisted query of another hash',
      { query: '{ a }', extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
    ],
    ['a persisted query whose hash is a number', { extensions: { persistedQuery: { version: 1, sha256Hash: 7 } } }],
    [
      'a persisted query whose hash is a list',
      { query: '{ a }', extensions: { persistedQuery: { version: 1, sha256Hash: [hash] } } },
    ],
    ['a persisted query that is a list', { extensions: { persistedQuery: [] } }],
    ['a persisted query that is null', { query: '{ __typename }', extensions: { persistedQuery: null } }],
    ['a hash by a name of JavaScript', { extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } }],
    ['the name of no operation', { query: '{ __typename }', operationName: 'A' }],
  ])('with %s is answered or refused', async (_what, body) => {
    expect(await send({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).toEqual([]);
  });

  it.each<[string, string]>([
    ['a key that is there twice', '{"query":"{ __typename }","query":"{ nothing }"}'],
    ['a prototype', '{"query":"{ __typename }","__proto__":{"query":"{ a }"}}'],
    ['a constructor', '{"query":"{ __typename }","constructor":{"prototype":{}}}'],
    ['something behind it', '{"query":"{ __typename }"}}'],
    ['a byte order mark', '\uFEFF{"query":"{ __typename }"}'],
    ['half of a character', '{"query":"{ dataSource(key: \\"\\ud800\\") { key } }"}'],
  ])('with %s is answered or refused', async (_what, body) => {
    expect(await send({ headers: { 'content-type': 'application/json' }, body })).toEqual([]);
  });
});

describe('headers', { timeout: LONG_MS }, () => {
  const header = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  });
  it('of any kind are answered or refused', () =>
    tryOut(
      fc.record(
        {
          accept: fc.oneof(fc.constantFrom(...ACCEPTS), header),
          'content-type': fc.oneof(
            { weight: 3, arbitrary: fc.constant('application/json') },
            fc.constantFrom(...TYPES),
            header,
          ),
          'accept-encoding': fc.constantFrom(...ENCODINGS),
          origin: fc.oneof(
            fc.constantFrom('null', 'http://localhost', 'http://[', 'https://studio.apollographql.com', ''),
            header,
          ),
          authorization: fc.oneof(fc.constantFrom('Bearer', 'Bearer ', 'Basic x', 'Bearer \u00ff'), header),
          'x-apollo-operation-name': header,
          'if-none-match': header,
          range: fc.constantFrom('bytes=0-', 'bytes=9-1', 'x'),
          cookie: header,
          'x-forwarded-host': header,
          'access-control-request-method': header,
        },
        { requiredKeys: [] },
      ),
      async (headers) => {
        const answer = await sendRaw(server.url, {
          headers: { 'content-type': 'application/json', ...headers },
          body: VALID_BODY,
        });
        // What is compressed is not looked into.
        const isPacked = /gzip|br|deflate|zstd/.test(headers['accept-encoding'] ?? '');
        return isPacked && answer.status === 200 ? [] : findFaults(answer);
      },
    ));

  const text = fc.oneof(
    anyJson.map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.constantFrom(...VALID_DOCUMENTS),
  );
  it('and addresses of any kind are answered or refused', () =>
    tryOut(
      fc.record({ query: text, variables: text, operationName: text, extensions: text }, { requiredKeys: [] }),
      (parameters) => {
        const search = Object.entries(parameters).map(
          ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
        );
        return send({
          method: 'GET',
          path: `/graphql?${search.join('&')}`,
          headers: { 'apollo-require-preflight': '1' },
        });
      },
    ));

  it.each([
    ...[
      '/graphql?query=%',
      '/graphql?query=%ff',
      '/graphql?query[]=a',
      '/graphql?query=a&query=b',
      '/graphql?__proto__=1',
    ],
    ...[
      '/graphql?variables=%7B',
      '/graphql?extensions=7',
      `/graphql?query=${'a'.repeat(10_000)}`,
      '/graphql/',
      '//graphql',
      '/graphql%00',
    ],
    ...[
      '/exports/x/files/y',
      '/exports/%00/files/%00',
      '/exports/..%2f..%2f/files/x',
      '/exports/x/files/y?signature=%00&expires=x',
    ],
    ...[
      '/exports/7f3c1f4e-6f0a-4c57-9a63-2d1f8f1f0a11/files/%2e%2e%2fx',
      '/exports/7f3c1f4e-6f0a-4c57-9a63-2d1f8f1f0a11/files/%00',
    ],
  ])('at %s are answered or refused', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const body = method === 'GET' ? undefined : VALID_BODY;
      const headers = { 'apollo-require-preflight': '1', 'content-type': 'application/json' };
      expect(await send({ method, path, headers, ...(body !== undefined && { body }) })).toEqual([]);
    }
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['no version', 'GET /graphql\r\n\r\n'],
    [
      'a body shorter than it says',
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}',
    ],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a chunk that is none', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n'],
    ['a header without an end', `GET /graphql HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['a null byte in a header', 'GET /graphql HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n'],
    [
      'an upgrade to nothing',
      'GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
  ])('that are %s are refused without a crash', async (_what, text) => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text));
      socket.on('data', (data) => (received += data.toString()));
      socket.on('error', () => resolve(received));
      socket.on('close', () => resolve(received));
      socket.setTimeout(500, () => socket.destroy());
    });
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  });
});

describe('a WebSocket', { timeout: LONG_MS }, () => {
  // https://github.com/graphql/graphql-over-websocket: 4400 and up; 1007 and 1009 are of WebSockets themselves.
  const CLOSE_CODES = [1000, 1002, 1003, 1005, 1007, 1009, 4400, 4401, 4403, 4406, 4408, 4409, 4429];

  it('with messages in any order is closed with a code of the protocol', () =>
    tryOut(oddMessages, async (messages) => {
      const { closedWith, received } = await exchangeMessages(server.url, ['graphql-transport-ws'], messages);
      const faults = closedWith === null || CLOSE_CODES.includes(closedWith) ? [] : [`closed with ${closedWith}`];
      return received.some((text) => text.includes('INTERNAL_SERVER_ERROR')) ? [...faults, ...received] : faults;
    }));

  it.each(['connection_ack', 'next', 'error'])(
    'with %s, which only servers send, is closed as a bad request',
    async (type) => {
      const messages = [
        '{"type":"connection_init"}',
        JSON.stringify({ type, id: '1', payload: type === 'error' ? [{ message: 'x' }] : {} }),
      ];
      expect(await exchangeMessages(server.url, ['graphql-transport-ws'], messages)).toMatchObject({
        closedWith: 4400,
      });
    },
  );

  it.each([[['graphql-ws']], [[]], [['x', 'graphql-transport-ws']]])(
    'of the protocols %j is closed or understood',
    async (protocols) => {
      const { closedWith } = await exchangeMessages(server.url, protocols, ['{"type":"connection_init"}']);
      // A client that is not given a protocol it has asked for leaves by itself (1006).
      expect([null, 1006, 4406]).toContain(closedWith);
    },
  );
});

describe('the server', { timeout: LONG_MS }, () => {
  it('still answers a plain question', async () => {
    const { dataSources } = await server.query<{ dataSources: unknown[] }>('{ dataSources { key } }');
    expect(dataSources).toHaveLength(5);
  });

  it('has logged nothing unexpected', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });

  it('keeps neither connections nor memory of what it was asked', async () => {
    const connections = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCPSocket')).length;
    let count = 0;
    // Valid documents, each of its own, are what a server may want to keep.
    const ask200 = async (): Promise<number> => {
      const fields = Array.from({ length: 2_000 }, (_, index) => `a${index}: __typename`).join(' ');
      for (let round = 0; round < 20; round++)
        await Promise.all(
          Array.from({ length: 10 }, () =>
            sendOperation(server.url, { query: `query Q${(count += 1)} { ${fields} }` }),
          ),
        );
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = await ask200();
    const after = await ask200();
    // Where all of them are kept, it is ten times as much.
    expect((after - before) / 2 ** 20).toBeLessThan(30);
    await expect.poll(connections, { timeout: 10_000 }).toBeLessThan(40);
  });
});
