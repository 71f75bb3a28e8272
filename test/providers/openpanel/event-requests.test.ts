import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { days, startOpenpanel } from './start-openpanel.ts';

const INCLUDES =
  'properties,sessionId,region,osVersion,browserVersion,device,brand,model,origin,referrer,referrerName,referrerType,revenue';
const YEAR_2024 = { apiVersion: '2024' };
const NOTHING = { meta: { count: 0, totalCount: 0, pages: 0, current: 1 }, data: [] };

/** Ask for events of an OpenPanel that has none, and return the parameters of the only request for them. */
async function requestOf(question: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) {
  await using openpanel = await startOpenpanel({ events: () => NOTHING }, config);
  const asked = { reports: openpanel.begin(), dataSource: openpanel.dataSource };
  const period = days('2026-10-01', '2026-10-02');
  await CONTRACTS.events.ask({ period, names: [], filters: [], first: 50, ...question }, asked);
  const requests = openpanel.asked('/export/events');
  expect(requests).toHaveLength(1);
  return requests[0];
}

describe('the request for events', () => {
  it('has both days, always', async () => {
    expect(await requestOf({})).toEqual({
      projectId: 'acme-web',
      start: '2026-10-01',
      end: '2026-10-02',
      page: '1',
      limit: '52',
      includes: INCLUDES,
    });
  });

  it.each([
    ['a zone ahead', { timezone: 'Europe/Stockholm' }, days('2026-10-01', '2026-10-01'), ['2026-09-30', '2026-10-01']],
    ['a zone behind', { timezone: 'America/New_York' }, days('2026-10-01', '2026-10-01'), ['2026-10-01', '2026-10-02']],
    ['the source', {}, days('2026-10-01', '2026-10-01'), ['2026-10-01', '2026-10-01']],
  ])('has the UTC days that hold a day of %s', async (_title, zone, period, [start, end]) => {
    expect(await requestOf({ ...zone, period })).toMatchObject({ start, end });
  });

  it('has the UTC days that hold some instants', async () => {
    const instants = { from: '2026-10-01T22:00:00Z', to: '2026-10-02T00:00:00Z' };
    expect(await requestOf({ period: { instants } })).toMatchObject({ start: '2026-10-01', end: '2026-10-01' });
  });

  it.each([
    ['one', ['view'], 'view'],
    ['two, repeated', ['view', 'buy'], ['view', 'buy']],
    ['with a comma, as it is', ['a,b'], 'a,b'],
    ['of digits, quoted', ['404'], '"404"'],
    ['of a fraction, quoted', ['-1.5'], '"-1.5"'],
    ['that is a word of JSON, quoted', ['true'], '"true"'],
    ['that is a list, quoted', ['["a"]'], '"[\\"a\\"]"'],
    ['that is a number in JSON only, quoted', ['1e5'], '"1e5"'],
    ['that is null, as it is', ['null'], 'null'],
    ['guessable and not, each as it needs', ['404', 'a'], ['"404"', 'a']],
  ])('names events: %s', async (_title, names, event) => {
    expect(await requestOf({ names })).toMatchObject({ event });
  });

  it('takes further includes from the options', async () => {
    const options = { includes: ['profile', 'meta'] };
    expect(await requestOf({ options })).toMatchObject({ includes: `${INCLUDES},profile,meta` });
  });

  it('has filters in its own words', async () => {
    const filters = [
      { dimension: 'user_id', operator: 'IS', values: ['u1', '7'] },
      { dimension: 'properties.price', operator: 'GTE', values: ['10'] },
    ];
    expect(await requestOf({ filters })).toMatchObject({
      filters:
        '[{"name":"profile_id","operator":"is","value":["u1","7"]},{"name":"properties.price","operator":"gte","value":["10"]}]',
    });
  });

  it.each([
    [1, '3'],
    [50, '52'],
    [1000, '1000'],
  ])('is for %i events and what follows them', async (first, limit) => {
    expect(await requestOf({ first })).toMatchObject({ limit, page: '1' });
  });
});

describe('the request for events of 2024', () => {
  it('guesses nothing', async () => {
    const question = { names: ['404', 'true'] };
    expect(await requestOf(question, { ...YEAR_2024, projectId: 12345 })).toMatchObject({
      projectId: '12345',
      event: ['404', 'true'],
    });
  });

  it('asks for 50 at the most', async () => {
    expect(await requestOf({ first: 200 }, YEAR_2024)).toMatchObject({ limit: '50' });
  });

  it('has no filters', async () => {
    const filters = [{ dimension: 'country', operator: 'IS', values: ['SE'] }];
    expect(await failureOf(requestOf({ filters }, YEAR_2024))).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });
});
