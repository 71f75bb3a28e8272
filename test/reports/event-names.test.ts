import { describe, expect, it } from 'vitest';
import { json, type Answer } from '../http/local-server.ts';
import { startCountedServer } from '../server/counted-provider.ts';

const operation = (name: string) => `{ metrics(query: {
  select: [{ source: "app", metric: { event: { name: "${name}" } } }], period: { preset: YESTERDAY }
}) { series { total } } }`;
const GOOD = { data: { metrics: { series: [{ total: 1 }] } } };

/** Answers one list after the other, and then the last again. */
function lists(...names: readonly (readonly string[])[]): Answer {
  let asked = 0;
  return (response, request) => {
    json(names[Math.min(asked, names.length - 1)])(response, request);
    asked++;
  };
}

describe('names of events', () => {
  it('are kept between operations for five minutes', async () => {
    const server = await startCountedServer({}, { now: '2026-06-16T12:00:00Z' });
    await server.query(operation('sign_up'));
    server.clock.moveTo('2026-06-16T12:04:50Z');
    await server.query(operation('purchase'));
    expect(server.asked('names')).toHaveLength(1);
    server.clock.moveTo('2026-06-16T12:05:10Z');
    await server.query(operation('sign_up'));
    expect(server.asked('names')).toHaveLength(2);
  });

  it('are asked for again before one is called unknown', async () => {
    const server = await startCountedServer({ names: lists(['sign_up'], ['sign_up', 'refund']) });
    await server.query(operation('sign_up'));
    server.clock.moveTo('2026-06-16T12:00:30Z');
    expect(await server.ask(operation('refund'))).toEqual(GOOD);
    expect(server.asked('names')).toHaveLength(2);
  });

  it('are not asked for again with every misspelling', async () => {
    const server = await startCountedServer();
    for (const name of ['sign_upp', 'sign_uppp', 'purchases']) {
      expect((await server.ask(operation(name))).errors).toHaveLength(1);
    }
    expect(server.asked('names')).toHaveLength(1);
  });

  it('are taken on trust where the provider cannot list them', async () => {
    const server = await startCountedServer({ names: json({ message: 'Route not found' }, 404) });
    expect(await server.ask(operation('whatever'))).toEqual(GOOD);
    expect(await server.ask('{ dataSource(key: "app") { catalog { events } } }')).toEqual({
      data: { dataSource: { catalog: { events: null } } },
    });
  });

  it('that could not be had are asked for with the next operation', async () => {
    let isBroken = true;
    const names: Answer = (response, request) =>
      json(isBroken ? { message: 'broken' } : ['sign_up'], isBroken ? 500 : 200)(response, request);
    const server = await startCountedServer({ names });
    const { errors } = await server.ask(operation('sign_up'));
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'app' } }]);
    isBroken = false;
    expect(await server.ask(operation('sign_up'))).toEqual(GOOD);
  });
});
