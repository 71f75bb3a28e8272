import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

/** A link as the relay hands it out. */
export interface RelayedLink {
  /** The name of the file. */
  readonly name: string;
  /** In which answer it was handed out, from 1. */
  readonly listing: number;
}

/** What becomes of links. */
export interface RelayBehaviour {
  /** The status that a link is refused with; undefined where it is good. */
  refuse(link: RelayedLink): number | undefined;
  /** When the links of a listing end, in seconds since the epoch; null for what the provider says. */
  endOf(listing: number): number | null;
  /** After how many bytes of a file the connection breaks; null where it does not. */
  cutAfter(link: RelayedLink): number | null;
  /** Whether a link is the same in each listing of its export. */
  readonly isLasting: boolean;
}

/** Stands between exports and a provider, and gives every listing of files links of its own. */
export interface LinkRelay {
  readonly url: string;
  /** What else was asked for since `behave`, such as `POST /exports/`, in order. */
  readonly asked: readonly string[];
  /** The links that were opened, in order, whether they were good or not. */
  readonly opened: readonly RelayedLink[];
  /** Begin anew: by default every listing has links of its own, all are good, and end when the provider says. */
  behave(behaviour?: Partial<RelayBehaviour>): void;
  close(): Promise<void>;
}

/** Links to files, in JSON, and when they end. */
const LINK = /"(https?:\/\/[^"/]+)(\/(?:storage|media)\/[^"?]+)"/g;
const END = /"timestampExpires":"(\d+)"/g;

const USUAL: RelayBehaviour = { refuse: () => undefined, endOf: () => null, cutAfter: () => null, isLasting: false };

/** Start a relay to a provider. Close it after the tests. */
export async function startLinkRelay(providerUrl: string): Promise<LinkRelay> {
  let listings = 0;
  let asked: string[] = [];
  let opened: RelayedLink[] = [];
  let behaviour = USUAL;
  /** Where the files are. */
  let storageUrl = providerUrl;

  const relink = (body: string): string => {
    if (body.match(LINK)) listings += 1;
    const listing = behaviour.isLasting ? 1 : listings;
    return body
      .replaceAll(LINK, (_link, origin: string, path: string) => {
        // A link to ourselves is one to the host that was asked.
        if (origin !== self()) storageUrl = origin;
        return `"${self()}${path}?listing=${listing}"`;
      })
      .replaceAll(END, (stated, end: string) => stated.replace(end, String(behaviour.endOf(listings) ?? end)));
  };
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://relay');
    const listing = url.searchParams.get('listing');
    if (listing === null) {
      asked.push(`${incoming.method} ${url.pathname}`);
      passOn(providerUrl, incoming, response, { change: relink });
      return;
    }
    const link = { name: url.pathname.split('/').at(-1) ?? '', listing: Number(listing) };
    opened.push(link);
    const status = behaviour.refuse(link);
    if (status !== undefined) response.writeHead(status).end();
    else passOn(storageUrl, incoming, response, { cutAfter: behaviour.cutAfter(link) });
  });
  const self = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: self(),
    get asked() {
      return asked;
    },
    get opened() {
      return opened;
    },
    behave(changed = {}) {
      behaviour = { ...USUAL, ...changed };
      asked = [];
      opened = [];
      listings = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface OnTheWay {
  /** What becomes of a body of JSON. */
  readonly change?: (body: string) => string;
  readonly cutAfter?: number | null;
}

/** Send a request on as it is, its host included, which is signed. */
function passOn(
  target: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  { change, cutAfter = null }: OnTheWay,
): void {
  const { method, headers, url = '/' } = incoming;
  const outgoing = send(new URL(url, target), { method, headers }, (answer) => {
    const { statusCode = 502, headers: answered } = answer;
    const isJson = answered['content-type']?.includes('json') ?? false;
    if (!change || !isJson) {
      response.writeHead(statusCode, answered);
      if (cutAfter === null) answer.pipe(response);
      else void sendStart(answer, response, cutAfter);
      return;
    }
    void text(answer).then((body) => {
      const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answered;
      response.writeHead(statusCode, rest).end(change(body));
    });
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}

async function sendStart(answer: IncomingMessage, response: ServerResponse, bytes: number): Promise<void> {
  const start = (await buffer(answer)).subarray(0, bytes);
  // Only once they are on their way: a connection that breaks at once may take them along.
  response.write(start, () => setTimeout(() => response.destroy(), 50));
}
