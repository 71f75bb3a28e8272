import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';

/** The most bytes of one message: a subscription with its variables. */
const MOST_BYTES = 2 ** 16;

/** Let routes take WebSockets. Whoever breaks their protocol is closed, which is no failure of ours. */
export async function registerWebsockets(app: FastifyInstance): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: MOST_BYTES },
    errorHandler(error, socket, request) {
      // ws names what callers do to it, and closes the connection itself, with the code that says why.
      if ('code' in error && String(error.code).startsWith('WS_ERR_')) {
        request.log.info({ err: error }, 'a WebSocket broke the protocol');
        return;
      }
      request.log.error({ err: error }, 'unexpected failure');
      socket.terminate();
    },
  });
}
