import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** The first day that is exported, and how many there are. */
export const FIRST_DAY = Date.UTC(2026, 0, 1);
export const DAY_COUNT = 10;

const DAY_MS = 86_400_000;
const ROWS_A_DAY = 2_000;
const ROW_EVERY_MS = DAY_MS / ROWS_A_DAY;
const LONGEST_WINDOW_MS = 4 * DAY_MS;
const FILES_A_WINDOW = 3;
const CHUNK_BYTES = 8_192;

/** The columns of the rows. */
export const COLUMNS = ['at', 'number', 'text'] as const;

/** A row, by its number. */
function rowAt(number: number): string {
  return `${new Date(FIRST_DAY + number * ROW_EVERY_MS).toISOString()},${number},"row, ${number * 7_919}"`;
}

/** Everything that an export of all days must hold. */
export function wholeFile(): string {
  const rows = Array.from({ length: DAY_COUNT * ROWS_A_DAY }, (_, number) => rowAt(number));
  return [COLUMNS.join(','), ...rows, ''].join('\n');
}

/** A provider that outlives the processes which are killed. */
export interface KilledProvider {
  readonly url: string;
  close(): void;
}

/**
 * Start a provider over HTTP. Windows of more than four days are too large; the others become ready at the third look, in three files, which come slowly,
 * every other one compressed, and can be read from any byte on.
 */
export async function startKilledProvider(): Promise<KilledProvider> {
  const looks: number[] = [];
  const windows: { from: number; to: number }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://provider');
    const number = (name: string) => Number(url.searchParams.get(name));
    const answer = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (url.pathname === '/start') {
      answer({ id: String(windows.push({ from: number('from'), to: number('to') }) - 1) });
    } else if (url.pathname === '/check') {
      const id = number('id');
      const { from, to } = windows[id] ?? { from: 0, to: 0 };
      looks[id] = (looks[id] ?? 0) + 1;
      if (to - from > LONGEST_WINDOW_MS) answer({ state: 'TOO_LARGE' });
      else if (looks[id] < 3) answer({ state: 'RUNNING' });
      else answer({ state: 'READY', rowCounts: filesOf(from, to).map((rows) => rows.length) });
    } else {
      const [id = 0, file = 0] = url.pathname.split('/').slice(2).map(Number);
      const { from, to } = windows[id] ?? { from: 0, to: 0 };
      const text = [COLUMNS.join(','), ...(filesOf(from, to)[file] ?? []), ''].join('\n');
      const bytes = file % 2 === 0 ? Buffer.from(text) : gzipSync(text);
      void serveSlowly(response, bytes, request.headers).catch(() => response.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function filesOf(from: number, to: number): string[][] {
  const first = Math.ceil((from - FIRST_DAY) / ROW_EVERY_MS);
  const count = Math.ceil((to - FIRST_DAY) / ROW_EVERY_MS) - first;
  const rows = Array.from({ length: count }, (_, index) => rowAt(first + index));
  const size = Math.ceil(count / FILES_A_WINDOW);
  return Array.from({ length: FILES_A_WINDOW }, (_, file) => rows.slice(file * size, (file + 1) * size));
}

async function serveSlowly(
  response: ServerResponse,
  bytes: Buffer,
  { range, 'if-range': ifRange }: { range?: string | undefined; 'if-range'?: string | undefined },
): Promise<void> {
  const etag = `"${bytes.length}"`;
  const asked = range === undefined || ifRange !== etag ? 0 : Number(/^bytes=(\d+)-/.exec(range)?.[1]);
  if (asked >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}`, etag }).end();
    return;
  }
  const length = bytes.length - asked;
  const contentRange = `bytes ${asked}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(asked > 0 ? 206 : 200, {
    etag,
    'accept-ranges': 'bytes',
    'content-length': String(length),
    ...(asked > 0 && { 'content-range': contentRange }),
  });
  for (let at = asked; at < bytes.length && !response.destroyed; at += CHUNK_BYTES) {
    response.write(bytes.subarray(at, at + CHUNK_BYTES));
    await delay(2);
  }
  response.end();
}
