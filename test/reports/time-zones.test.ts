import { describe, expect, it } from 'vitest';
import { startCountedServer } from '../server/counted-provider.ts';

const operation = (field: string, timezone: string) => `{
  ${field}(query: { ${QUESTIONS[field] ?? ''}, period: { preset: YESTERDAY }, timezone: "${timezone}" }) {
    period { timezone start end }
  }
}`;

const QUESTIONS: Readonly<Record<string, string>> = {
  metrics: 'select: [{ source: "app", metric: { key: "events" } }]',
  funnel: 'source: "app", steps: [{ event: "sign_up" }, { event: "purchase" }]',
  events: 'source: "app"',
};

describe('the time zone of a question', () => {
  it.each(['UTC', 'utc', 'Etc/UTC', 'GMT'])('may be the own one by another name: %s', async (timezone) => {
    const server = await startCountedServer();
    const period = { timezone: 'UTC', start: '2026-06-15T00:00:00Z', end: '2026-06-16T00:00:00Z' };
    for (const field of Object.keys(QUESTIONS)) {
      expect(await server.ask(operation(field, timezone))).toEqual({ data: { [field]: { period } } });
    }
  });

  it('may be any for events', async () => {
    const server = await startCountedServer();
    const period = {
      timezone: 'Asia/Kathmandu',
      start: '2026-06-15T00:00:00+05:45',
      end: '2026-06-16T00:00:00+05:45',
    };
    expect(await server.ask(operation('events', 'Asia/Kathmandu'))).toEqual({ data: { events: { period } } });
  });
});

describe('the time zone of a data source', () => {
  it('decides which day it is', async () => {
    const server = await startCountedServer({}, { now: '2026-06-16T22:30:00Z', timezone: 'Europe/Stockholm' });
    const ask = (day: string) =>
      server.ask(`{ events(query: { source: "app", period: { dates: { from: "${day}", to: "${day}" } } }) {
        period { start end }
      } }`);
    expect(await ask('2026-06-17')).toEqual({
      data: { events: { period: { start: '2026-06-17T00:00:00+02:00', end: '2026-06-18T00:00:00+02:00' } } },
    });
    expect((await ask('2026-06-18')).errors).toMatchObject([{ message: /2026-06-17, today in Europe\/Stockholm/ }]);
  });
});
