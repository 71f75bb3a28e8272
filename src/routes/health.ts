import type { FastifyInstance } from 'fastify';

/** Whether the process should get requests. */
export interface Readiness {
  isDraining: boolean;
}

/** `GET /health/live`: the process runs. `GET /health/ready`: it wants requests; a provider's outage does not change that. */
export function registerHealth(app: FastifyInstance, readiness: Readiness): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) =>
    readiness.isDraining ? reply.code(503).send({ status: 'draining' }) : { status: 'ok' },
  );
}
