import Fastify from 'fastify';
import { defineEmulator } from '../define-emulator.ts';

const API_KEY = 'sandbox-growingio-key';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Scaffolded: answers the example API of the provider's README.md, one visit a day, until it is written from the document. */
export default defineEmulator({
  id: 'growingio',
  start: async () => {
    const app = createApp();
    const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
    const dataSource = {
      key: 'sandbox-growingio',
      name: 'Sandbox (Growingio)',
      provider: 'growingio',
      baseUrl,
      apiKey: API_KEY,
    };
    return { baseUrl, dataSource, close: () => app.close() };
  },
});

function createApp() {
  const app = Fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === `Bearer ${API_KEY}`) return;
    await reply.code(401).send({ error: 'unknown key' });
  });
  app.get<{ Querystring: { from: string; to: string } }>('/metrics', async ({ query }) => {
    const days = toDays(query.from, query.to).map((date) => ({ date, value: 1 }));
    return { total: days.length, days };
  });
  app.get('/account', async () => ({ id: 'sandbox' }));
  return app;
}

/** The days from the first to the last one, both included. */
function toDays(from: string, to: string): string[] {
  const first = Date.parse(from);
  const count = Math.max(0, (Date.parse(to) - first) / DAY_MS + 1);
  return Array.from({ length: count }, (_day, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}
