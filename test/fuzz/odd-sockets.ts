import fc from 'fast-check';
import WebSocket from 'ws';

/** A message as it is sent: text, or bytes. */
export type SentMessage = string | Buffer;

/** How a connection went. */
export interface SocketCourse {
  /** The code it was closed with by the server; null where the server left it open. */
  readonly closedWith: number | null;
  readonly received: readonly string[];
}

const QUIET_MS = 150;
const HANG_MS = 30_000;

/** Connect, send messages one after another, and see what comes back until it is quiet or closed. */
export function exchangeMessages(
  url: string,
  protocols: readonly string[],
  messages: readonly SentMessage[],
): Promise<SocketCourse> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, [...protocols]);
    const received: string[] = [];
    const hang = setTimeout(() => {
      socket.terminate();
      reject(new Error('The connection hangs'));
    }, HANG_MS);
    let quiet: NodeJS.Timeout | undefined;
    let isOver = false;
    const end = (closedWith: number | null): void => {
      isOver ||= closedWith !== null;
      clearTimeout(hang);
      clearTimeout(quiet);
      resolve({ closedWith, received });
    };
    const wait = (): void => {
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        end(null);
        socket.close();
      }, QUIET_MS);
    };
    socket.on('message', (data: Buffer) => {
      received.push(data.toString());
      if (!isOver) wait();
    });
    socket.on('close', (code) => end(code));
    socket.on('error', (error) => (socket.readyState === WebSocket.CONNECTING ? reject(error) : undefined));
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
      wait();
    });
  });
}

const QUERIES = [
  'subscription { exportTask(id: "x") { id } }',
  'subscription { exportTask(id: "RXhwb3J0VGFzazolMDA") { state } }',
  'subscription { exportTask(id: "") { id } b: exportTask(id: "") { id } }',
  'subscription A { exportTask(id: "x") { id } } subscription B { exportTask(id: "y") { id } }',
  'subscription ($id: ID!) { exportTask(id: $id) { id } }',
  'subscription { exportTask(id: "x") { id nothing } }',
  'subscription { __typename }',
  'query { dataSources { key } }',
  'mutation { deleteExport(input: { id: "x" }) { deletedId } }',
  'subscription {',
  '',
  '{'.repeat(1_900),
  '{'.repeat(5_000),
  'fragment A on Query { ...A }',
];

const payload = fc.oneof(
  fc.record(
    {
      query: fc.oneof(fc.constantFrom<unknown>(...QUERIES), fc.constantFrom<unknown>(null, 1, {}, [])),
      variables: fc.constantFrom<unknown>(null, {}, { id: 'x' }, { id: null }, { id: {} }, 'x', [], 7),
      operationName: fc.constantFrom<unknown>(null, 'A', 'B', 'C', 7, ''),
      extensions: fc.constantFrom<unknown>(null, {}, 'x', { persistedQuery: 1 }),
    },
    { requiredKeys: ['query'] },
  ),
  fc.constantFrom<unknown>(null, undefined, 'x', [], 7),
);

const message = fc.record(
  {
    type: fc.constantFrom<unknown>(
      ...['connection_init', 'connection_init', 'subscribe', 'subscribe', 'subscribe', 'complete', 'ping', 'pong'],
      ...['next', 'error', 'connection_ack', 'start', 'stop', '', '__proto__', null, 7],
    ),
    id: fc.constantFrom<unknown>('1', '1', '2', '', '__proto__', null, 7, 'x'.repeat(300)),
    payload,
  },
  { requiredKeys: ['type'] },
);

/** What nobody would send, and anybody may: messages in a wrong order, and no messages at all. */
export const oddMessages: fc.Arbitrary<SentMessage[]> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        { weight: 8, arbitrary: message.map((sent): SentMessage => JSON.stringify(sent)) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text): SentMessage => text) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): SentMessage => Buffer.from(bytes)) },
        {
          weight: 1,
          arbitrary: fc.constantFrom<SentMessage>('x'.repeat(70_000), '[', 'null', '{"type":"ping","__proto__":{}}'),
        },
      ),
      { maxLength: 6 },
    ),
  )
  .map(([isPolite, messages]) => (isPolite ? ['{"type":"connection_init"}', ...messages] : messages));
