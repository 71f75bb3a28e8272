import { createServer } from 'node:http';

// The provider: answers /export/charts as OpenPanel does, from memory and without delay.
const DAY_MS = 86_400_000;
const bodies = new Map<string, Buffer>();

createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://upstream');
  const start = searchParams.get('startDate') ?? '';
  const end = searchParams.get('endDate') ?? '';
  const key = `${start} ${end}`;
  const body = bodies.get(key) ?? Buffer.from(JSON.stringify(toChart(Date.parse(start), Date.parse(end))));
  bodies.set(key, body);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  response.end(body);
}).listen(Number(process.env['PORT']), '127.0.0.1');

function toChart(start: number, end: number) {
  const data = Array.from({ length: Math.round((end - start) / DAY_MS) }, (_, day) => ({
    date: `${new Date(start + day * DAY_MS).toISOString().slice(0, 10)} 00:00:00`,
    count: (day * 7919) % 10_007,
  }));
  const sum = data.reduce((total, { count }) => total + count, 0);
  const metrics = { sum, average: sum / data.length, min: 0, max: 10_006, count: 1234 };
  return {
    series: [{ id: 'a', names: ['*'], event: { id: 'A', name: '*' }, metrics, data }],
    metrics: { sum, average: metrics.average, min: 0, max: 10_006 },
  };
}
