import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import { HttpRefusal } from './error-body.ts';

/**
 * Compress answers of 1 KiB and more, as the caller allows, at every route that is registered after this. Files of exports are registered before it:
 * their bytes are those of their checksum and their ranges.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  // Answers are made once and sent once. Of 200 KB of a report, these levels take two thirds (brotli) and half (gzip) of the time of the usual ones, for
  // a hundredth and a sixth more bytes; zstd takes less than either, as it is.
  await app.register(compress, {
    threshold: 1024,
    encodings: ['zstd', 'br', 'gzip', 'deflate', 'identity'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    zlibOptions: { level: 3 },
    globalDecompression: false,
  });
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (encoding !== 'identity') {
      throw new HttpRefusal(
        415,
        `Bodies are read as they are, and not as ${encoding}: send it without Content-Encoding.`,
        {
          'accept-encoding': 'identity',
        },
      );
    }
  });
}
