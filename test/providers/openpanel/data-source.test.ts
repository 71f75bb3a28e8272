import { describe, expect, it } from 'vitest';
import { openpanelConfig } from '../../../src/providers/openpanel/config.ts';
import { CONTRACTS } from '../../contract/contracts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { refuse } from '../../support/faults.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { sampleConfig } from './sample-config.ts';
import { eventSelection, metricsQuestion, startOpenpanel, type Openpanel, type Routes } from './start-openpanel.ts';

const NAMES = '/insights/acme-web/events/names';
const NOTHING = { meta: { count: 0, totalCount: 0, pages: 0, current: 1 }, data: [] };
const routes: Routes = { charts: () => ({ series: [] }), events: () => NOTHING, eventNames: () => ['sign_up', 'buy'] };

function askFor(openpanel: Openpanel, event: string) {
  const asked = { reports: openpanel.begin(), dataSource: openpanel.dataSource };
  return CONTRACTS.metrics.ask(metricsQuestion({ select: [eventSelection(event)] }), asked);
}

describe('an OpenPanel data source', () => {
  it('sends its credentials in two headers, always', async () => {
    await using openpanel = await startOpenpanel(routes);
    await askFor(openpanel, 'buy');
    const { clientId, clientSecret } = sampleConfig('');
    expect(openpanel.server.asked.map(({ headers }) => headers)).toEqual([
      expect.objectContaining({ 'openpanel-client-id': clientId, 'openpanel-client-secret': clientSecret }),
      expect.objectContaining({ 'openpanel-client-id': clientId, 'openpanel-client-secret': clientSecret }),
    ]);
  });

  it('checks its access with one event of today', async () => {
    await using openpanel = await startOpenpanel(routes);
    expect(await openpanel.begin().health(openpanel.dataSource)).toMatchObject({ isHealthy: true, problem: null });
    expect(openpanel.asked('/export/events')).toEqual([
      { projectId: 'acme-web', start: '2026-11-15', end: '2026-11-15', page: '1', limit: '1' },
    ]);
  });

  it('is unhealthy where its credentials are refused', async () => {
    await using openpanel = await startOpenpanel(routes);
    openpanel.server.breakWith(refuse(401));
    const { isHealthy, problem } = await openpanel.begin().health(openpanel.dataSource);
    expect({ isHealthy, code: problem?.code }).toEqual({ isHealthy: false, code: 'PROVIDER_AUTH_FAILED' });
  });

  it.each([
    [{}, 100],
    [{ apiVersion: '2024' }, 10],
    [{ requestsPer10Seconds: 5 }, 5],
  ])('may make so many requests with %j', async (config, limit) => {
    await using openpanel = await startOpenpanel(routes, config);
    expect(openpanel.dataSource.connection.allowances()).toMatchObject([{ limit, windowMs: 10_000, remaining: limit }]);
  });
});

describe('the names of events', () => {
  it('are asked for once in five minutes', async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 15));
    await using openpanel = await startOpenpanel(routes, {}, clock);
    await askFor(openpanel, 'buy');
    await askFor(openpanel, 'sign_up');
    expect(openpanel.asked(NAMES)).toHaveLength(1);
    await clock.advance(5 * 60_000);
    await askFor(openpanel, 'buy');
    expect(openpanel.asked(NAMES)).toHaveLength(2);
  });

  it('suggest what may have been meant', async () => {
    await using openpanel = await startOpenpanel(routes);
    const error = await failureOf(askFor(openpanel, 'signup'));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(error.message).toContain('Did you mean "sign_up"?');
    expect(openpanel.asked('/export/charts')).toEqual([]);
  });

  it('are asked for again before one is unknown', async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 15));
    let names = ['sign_up'];
    await using openpanel = await startOpenpanel({ ...routes, eventNames: () => names }, {}, clock);
    await askFor(openpanel, 'sign_up');
    names = ['sign_up', 'new'];
    await clock.advance(10_000);
    await askFor(openpanel, 'new');
    expect(openpanel.asked('/export/charts')).toHaveLength(2);
  });

  it('are taken on trust where nobody lists them', async () => {
    const { eventNames: _eventNames, ...older } = routes;
    await using openpanel = await startOpenpanel(older);
    await askFor(openpanel, 'anything');
    expect(await openpanel.begin().eventNames(openpanel.dataSource)).toBeNull();
  });

  it('are not even asked for in 2024', async () => {
    await using openpanel = await startOpenpanel(routes, { apiVersion: '2024' });
    await askFor(openpanel, 'anything');
    expect(openpanel.server.asked.map(({ path }) => path)).toEqual(['/export/charts']);
  });
});

describe('the configuration', () => {
  const entry = { clientId: 'id', clientSecret: 'secret', projectId: 'p' };

  it('has defaults for all but credentials and project', () => {
    expect(openpanelConfig.parse(entry)).toEqual({
      ...entry,
      baseUrl: 'https://api.openpanel.dev',
      timezone: 'UTC',
      apiVersion: '2026',
      moneyProperties: [],
    });
  });

  it.each([
    [{ projectId: 12345 }, { projectId: '12345' }],
    [{ apiVersion: 2024 }, { apiVersion: '2024' }],
    [{ apiVersion: 2026 }, { apiVersion: '2026' }],
  ])('reads %j as YAML writes it', (written, read) => {
    expect(openpanelConfig.parse({ ...entry, ...written })).toMatchObject(read);
  });

  it.each([
    [{ clientId: '' }, 'clientId'],
    [{ clientSecret: undefined }, 'clientSecret'],
    [{ projectId: '' }, 'projectId'],
    [{ baseUrl: 'ftp://openpanel.example' }, 'baseUrl'],
    [{ timezone: 'Europe/Stokholm' }, 'timezone'],
    [{ apiVersion: '2025' }, 'apiVersion'],
    [{ currency: 'euro' }, 'currency'],
    [{ earliestDate: '2024-02-30' }, 'earliestDate'],
    [{ requestsPer10Seconds: 0 }, 'requestsPer10Seconds'],
  ])('refuses %j', (mistake, field) => {
    const { error } = openpanelConfig.safeParse({ ...entry, ...mistake });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('refuses fields that do not exist', () => {
    const { error } = openpanelConfig.safeParse({ ...entry, secret: 'x' });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['secret'] }]);
  });
});
