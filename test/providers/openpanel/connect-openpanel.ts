import { createDeadline, type Deadline } from '../../../src/analytics/deadline.ts';
import { createHttpClientFactory } from '../../../src/http/http-client.ts';
import { createOpenpanelClient, type OpenpanelClient } from '../../../src/providers/openpanel/client.ts';
import type { OpenpanelConfig } from '../../../src/providers/openpanel/config.ts';
import { systemClock } from '../../../src/system-clock.ts';

/** The client alone, with the real HTTP client below it. */
export interface ConnectedClient extends AsyncDisposable {
  readonly client: OpenpanelClient;
  readonly deadline: Deadline;
}

/** Given a checked configuration, connect the client of its project. */
export function connectClient(config: OpenpanelConfig): ConnectedClient {
  const log = { debug: () => undefined, warn: () => undefined };
  const factory = createHttpClientFactory({ clock: systemClock, log });
  return {
    client: createOpenpanelClient(config, factory({ source: 'sample', provider: 'openpanel' })),
    deadline: createDeadline(systemClock, 10_000),
    [Symbol.asyncDispose]: () => factory.close(),
  };
}
