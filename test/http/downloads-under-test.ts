import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import type { DownloadPolicy } from '../../src/analytics/http-client.ts';
import { createCircuitBreaker } from '../../src/http/circuit-breaker.ts';
import { createDownloads, type Downloads } from '../../src/http/downloads.ts';
import { createPublicConnector } from '../../src/http/private-network.ts';
import { createProviderFailures } from '../../src/http/provider-failures.ts';
import { createQuotas } from '../../src/http/quotas.ts';
import { systemClock } from '../../src/system-clock.ts';
import { ORIGIN } from './client-under-test.ts';

/** What a link must never leave anywhere but at its host. */
export const LINK = '/exports/secret-path.csv?Signature=secret-signature';

/** A policy that lists the servers of the test, which are all at loopback. */
export function filesFrom(...servers: readonly { readonly url: string }[]): DownloadPolicy {
  return { hosts: servers.map(({ url }) => new URL(url).host), allowPrivateNetwork: true };
}

/** Downloads of {@link ORIGIN} without a client around them. */
export function createTestedDownloads(policy: DownloadPolicy): Downloads {
  const dispatcher = new Agent();
  const publicDispatcher = new Agent({ connect: createPublicConnector() });
  onTestFinished(async () => void (await Promise.all([dispatcher.destroy(), publicDispatcher.destroy()])));
  const breaker = createCircuitBreaker(systemClock);
  const redact = (text: string) => text;
  return createDownloads({
    owner: ORIGIN,
    policy,
    redact,
    failures: createProviderFailures(ORIGIN, redact),
    shared: {
      clock: systemClock,
      log: { debug: () => undefined, warn: () => undefined },
      maxBodyBytes: 1_000,
      dispatcher,
      publicDispatcher,
      quotas: createQuotas(systemClock),
      toBreaker: () => breaker,
    },
  });
}
