import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerUnderTest, type ServerUnderTest } from '../../server/running-server.ts';
import {
  composeByApollo,
  composeByExample,
  startApolloGateway,
  startCompany,
  startHiveGateway,
  type Gateway,
} from './gateways.ts';
import { installSupergraph } from './install.ts';

/** What callers of the tested stack send as their `Authorization`. */
export const CALLERS = { ann: 'Bearer key-of-ann', bob: 'Bearer key-of-bob' } as const;

/** Every gateway that is tested, each over a supergraph of one composer. */
export const GATEWAYS = [
  "Apollo's gateway",
  'Hive Gateway',
  "Apollo's gateway, composed by Apollo",
  'Hive Gateway, composed by Apollo',
] as const;

/** Everything, each process started once. */
export interface Stack {
  readonly tributary: ServerUnderTest;
  readonly gateways: Readonly<Record<(typeof GATEWAYS)[number], Gateway>>;
  stop(): Promise<void>;
}

/** Start Tributary in the sandbox, where callers need a key, the company's subgraphs, and every gateway before them. */
export async function startStack(): Promise<Stack> {
  await installSupergraph();
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startAll(started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How many operations have been sent to Tributary. */
export function countRequests({ logged }: ServerUnderTest): number {
  return logged.filter((line) => line.includes('"incoming request"') && line.includes('/graphql')).length;
}

async function startAll(started: (() => Promise<void>)[]): Promise<Omit<Stack, 'stop'>> {
  const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const running = await starting;
    started.push(() => running.stop());
    return running;
  };
  const folder = await mkdtemp(join(tmpdir(), 'tributary-supergraph-'));
  started.push(() => rm(folder, { recursive: true }));
  const keys = ['ann', 'bob'].map((name) => `${name}:${createHash('sha256').update(`key-of-${name}`).digest('hex')}`);
  const tributary = await startServerUnderTest({ env: { TRIBUTARY_API_KEYS: keys.join() }, hasDatabase: true });
  started.push(() => tributary.close());
  const company = await keep(startCompany());
  const urls = { ...company, tributary: `${tributary.url}/graphql` };
  const byExample = await composeByExample(urls, CALLERS.ann, folder);
  const byApollo = await composeByApollo(urls, folder);
  const [first, second, third, fourth] = await Promise.all([
    keep(startApolloGateway(byExample)),
    keep(startHiveGateway(byExample)),
    keep(startApolloGateway(byApollo)),
    keep(startHiveGateway(byApollo)),
  ]);
  return {
    tributary,
    gateways: {
      "Apollo's gateway": first,
      'Hive Gateway': second,
      "Apollo's gateway, composed by Apollo": third,
      'Hive Gateway, composed by Apollo': fourth,
    },
  };
}
