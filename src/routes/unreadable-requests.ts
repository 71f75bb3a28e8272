import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { toErrorBody } from './error-body.ts';

/** Answer what is no HTTP request that Node can read, such as one whose address is too long, in GraphQL's error shape. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = READINGS[error.code ?? ''] ?? [400, 'This is no HTTP request that can be read.'];
  if (socket.writable) {
    const body = JSON.stringify(toErrorBody('BAD_USER_INPUT', message));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

const READINGS: Readonly<Record<string, [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [
    431,
    'The address and the headers are longer than 16 KiB together. Send the operation by POST, or by its hash as a persisted query.',
  ],
  HPE_INVALID_METHOD: [400, 'This is no method of HTTP. Ask at POST /graphql, start at GET /.'],
};
