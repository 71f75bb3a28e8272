import fastify from 'fastify';

import { toBeijingDay } from './facts/beijing-time.ts';
import type { IdentifierSource } from './requests/identifiers.ts';

const ID_LENGTH = 24;
const SIGN_LENGTH = 43;

/** A file to be fetched. */
export interface DownloadFile {
  readonly name: string;
  readonly content: string;
  readonly endsAtMs: number;
}

/** The host that files are fetched from, which is not that of the API. */
export interface Downloads {
  /** Name and port. */
  readonly host: string;
  /** Keeps a file and answers its link, which is all one needs to fetch it. */
  publish(file: DownloadFile): string;
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function startDownloads(clock: () => number, nextIdentifier: IdentifierSource): Promise<Downloads> {
  const files = new Map<string, DownloadFile & { readonly sign: string }>();
  const app = fastify({ forceCloseConnections: true });
  app.get('/buckets/*', async (request, reply) => {
    reply.type('text/plain; charset=utf-8');
    // Made up, so that nobody hands credentials to another host without noticing.
    if (request.headers.authorization !== undefined || request.headers['x-client-id'] !== undefined) {
      return reply.status(400).send('Only one auth mechanism allowed');
    }
    const url = new URL(request.url, 'http://localhost');
    const file = files.get(url.pathname);
    if (!file) return reply.status(404).send('Not Found');
    // How a wrong or old link is refused is not documented.
    if (url.searchParams.get('sign') !== file.sign || clock() >= file.endsAtMs) {
      return reply.status(403).send('Request has expired');
    }
    return reply.type('text/csv; charset=utf-8').send(file.content);
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    host: new URL(baseUrl).host,
    publish(file) {
      for (const [path, { endsAtMs }] of files) if (clock() >= endsAtMs) files.delete(path);
      const day = toBeijingDay(clock()).replaceAll('-', '');
      const { pathname } = new URL(
        `/buckets/segment-download-jobs/${day}/${nextIdentifier(ID_LENGTH)}/${encodeURIComponent(file.name)}.csv`,
        baseUrl,
      );
      const sign = `${nextIdentifier(SIGN_LENGTH)}=`;
      files.set(pathname, { ...file, sign });
      return `${baseUrl}${pathname}?sign=${encodeURIComponent(sign)}&expires=${file.endsAtMs}`;
    },
    close: () => app.close(),
  };
}
