import { json, type Answer } from '../http/local-server.ts';

/** What an invented OpenPanel answers at each of its routes. */
export interface OpenpanelAnswers {
  readonly names: Answer;
  readonly charts: Answer;
  readonly funnel: Answer;
  readonly events: Answer;
}

/** The credentials of every configured data source: no answer and no line of the log may hold them. */
export const SECRETS = { clientId: '5f0c6d3a-1111-4c55-8f53-6a1d2b7e9099', clientSecret: 'sec_do_not_show_me_4711' };

/** Given data sources by key and where their OpenPanel is, return the text of a configuration file. */
export function configure(baseUrls: Readonly<Record<string, string>>, more: object = {}): string {
  const dataSources = Object.entries(baseUrls).map(([key, baseUrl]) => ({
    key,
    provider: 'openpanel',
    baseUrl,
    projectId: 'shop',
    ...SECRETS,
    ...more,
  }));
  return JSON.stringify({ dataSources });
}

/** An OpenPanel where everything happens once a day, except for the routes that are given. */
export function openpanel(overrides: Partial<OpenpanelAnswers> = {}): Answer {
  const answers: OpenpanelAnswers = {
    names: json(['sign_up', 'purchase']),
    charts: chart,
    funnel: json({
      steps: [
        { step: 1, eventName: 'sign_up', users: 10 },
        { step: 2, eventName: 'purchase', users: 4 },
      ],
      totalUsers: 10,
      completedUsers: 4,
    }),
    events: json({ meta: { count: 0, totalCount: 0, pages: 0, current: 1 }, data: [] }),
    ...overrides,
  };
  return (response, request) => {
    const route = routeOf(request.url ?? '');
    if (route) answers[route](response, request);
    else json({ message: 'Route not found' }, 404)(response, request);
  };
}

/** Which route an address is; null where it is none. */
export function routeOf(url: string): keyof OpenpanelAnswers | null {
  const { pathname } = new URL(url, 'http://openpanel.invalid');
  if (pathname === '/insights/shop/events/names') return 'names';
  if (pathname === '/insights/shop/funnel') return 'funnel';
  if (pathname === '/export/charts') return 'charts';
  return pathname === '/export/events' ? 'events' : null;
}

/** One point a day, of value 1, for each series that is asked for. */
const chart: Answer = (response, request) => {
  const { searchParams } = new URL(request.url ?? '', 'http://openpanel.invalid');
  const asked = JSON.parse(searchParams.get('events') ?? '[]') as { readonly name: string }[];
  const [start, end] = ['startDate', 'endDate'].map((name) => Date.parse(searchParams.get(name) ?? ''));
  const data: { date: string; count: number }[] = [];
  for (let at = start ?? NaN; at < (end ?? NaN); at += 86_400_000) {
    data.push({ date: new Date(at).toISOString().slice(0, 19).replace('T', ' '), count: 1 });
  }
  const series = asked.map(({ name }, index) => ({
    id: name,
    names: [name],
    event: { id: String.fromCharCode(65 + index), name },
    metrics: { sum: data.length, count: 1 },
    data,
  }));
  json({ series })(response, request);
};
