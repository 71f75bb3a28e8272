import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a server and its Postgres, and reads the statements that go through. */
export interface StatementRelay {
  /** The address of the database, through the relay. */
  readonly url: string;
  /** How often a text stood in what was sent to Postgres. */
  countOf(text: string): number;
  close(): Promise<void>;
}

/** Given the address of a database on this machine, start a relay to it. Close it after what has connected through it. */
export async function startStatementRelay(databaseUrl: string): Promise<StatementRelay> {
  const { hostname, port } = new URL(databaseUrl);
  const sent: { text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    const said = { text: '' };
    sent.push(said);
    client.on('data', (chunk) => (said.text += String(chunk)));
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    countOf: (text) => sent.reduce((count, said) => count + said.text.split(text).length - 1, 0),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
