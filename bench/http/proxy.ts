import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import type { Question } from './questions.ts';

// What somebody would write by hand for this one question: read it, ask the provider, parse, pick, stringify.
interface Chart {
  readonly series: readonly {
    readonly names: readonly string[];
    readonly metrics: { readonly sum: number };
    readonly data: readonly { readonly date: string; readonly count: number }[];
  }[];
}

const pool = new Pool(process.env['UPSTREAM'] ?? '', { connections: 32 });

createServer((request, response) => {
  answer(request).then(
    (body) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(process.env['PORT']), '127.0.0.1');

async function answer(request: IncomingMessage): Promise<string> {
  const { query, variables } = JSON.parse(await readText(request)) as Question;
  const chart = await fetchChart(variables);
  const areColumns = query.includes('timestamps');
  const series = chart.series.map(({ metrics: { sum }, data }) =>
    areColumns
      ? {
          name: 'events',
          total: sum,
          timestamps: data.map(({ date }) => toInstant(date)),
          values: data.map(({ count }) => count),
        }
      : { name: 'events', total: sum, points: data.map(({ date, count }) => ({ at: toInstant(date), value: count })) },
  );
  return JSON.stringify({ data: { metrics: { series } } });
}

async function fetchChart({ from, to, country }: Question['variables']): Promise<Chart> {
  const filters = [{ name: 'country', operator: 'is', value: [country] }];
  const search = new URLSearchParams({
    projectId: 'shop',
    events: JSON.stringify([{ name: '*', segment: 'event', filters }]),
    interval: 'day',
    startDate: `${from}T00:00:00Z`,
    endDate: new Date(Date.parse(to) + 86_400_000).toISOString(),
  });
  const { statusCode, body } = await pool.request({
    method: 'GET',
    path: `/export/charts?${search.toString()}`,
    headers: { 'openpanel-client-id': 'id', 'openpanel-client-secret': 'secret' },
  });
  if (statusCode !== 200) throw new Error(`The provider answered ${statusCode}`);
  return (await body.json()) as Chart;
}

function toInstant(date: string): string {
  return `${date.replace(' ', 'T')}Z`;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
