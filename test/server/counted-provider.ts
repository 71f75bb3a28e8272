import { onTestFinished } from 'vitest';
import { startServer } from '../http/local-server.ts';
import { configure, openpanel, routeOf, type OpenpanelAnswers } from './fake-openpanel.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

/** A server whose only data source is `app`, and what that one was asked. */
export interface CountedServer extends ServerUnderTest {
  /** The addresses that the provider was asked at a route, in order. */
  asked(route: keyof OpenpanelAnswers): URL[];
}

/** Start a server over an invented OpenPanel; both end with the test. */
export async function startCountedServer(
  answers: Partial<OpenpanelAnswers> = {},
  { now, ...fields }: { readonly now?: string; readonly timezone?: string; readonly earliestDate?: string } = {},
): Promise<CountedServer> {
  const { url, requests } = await startServer(openpanel(answers));
  const server = await startServerUnderTest({ config: configure({ app: url }, fields), ...(now && { now }) });
  onTestFinished(() => server.close());
  return {
    ...server,
    asked: (route) =>
      requests.flatMap((request) => (routeOf(request.url ?? '') === route ? new URL(request.url ?? '', url) : [])),
  };
}
