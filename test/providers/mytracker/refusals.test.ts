import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startMytracker, type Question } from './start-mytracker.ts';

const filter = (dimension: string, values: readonly string[], operator = 'IS') => ({ dimension, operator, values });

/** Refused when it is asked, when its layout is, and when it starts; never sent. */
async function refusalOf(question: Question) {
  await using mytracker = await startMytracker();
  const { exports, query, deadline, server } = mytracker;
  const error = await failureOf(Promise.resolve().then(() => exports.layoutOf(query(question))));
  const again = await failureOf(Promise.resolve().then(() => exports.start(query(question), deadline())));
  expect(again.code).toBe(error.code);
  expect(server.asked).toEqual([]);
  return error;
}

describe('What MyTracker cannot be asked', () => {
  it.each<[string, Question, string, readonly string[]]>([
    [
      'a time zone of its own',
      { timezone: 'Europe/Stockholm' },
      'QUERY_NOT_SUPPORTED',
      ['Europe/Stockholm', 'Europe/Berlin'],
    ],
    ['a fixed offset', { timezone: '+03:00' }, 'QUERY_NOT_SUPPORTED', ['+03:00']],
    [
      'what came in less than three hours ago',
      { options: { availableTo: '2026-11-15T09:05:00Z' } },
      'QUERY_NOT_SUPPORTED',
      ['options.availableTo', 'three hours'],
    ],
    [
      'what comes in from less than three hours ago',
      { options: { availableFrom: '2026-11-15T10:00:00Z' } },
      'QUERY_NOT_SUPPORTED',
      ['options.availableFrom'],
    ],
    [
      'availability the wrong way round',
      { options: { availableFrom: '2026-11-14T10:00:00Z', availableTo: '2026-11-14T10:00:00Z' } },
      'BAD_USER_INPUT',
      ['availableFrom'],
    ],
    ['availability without an offset', { options: { availableFrom: '2026-11-14' } }, 'BAD_USER_INPUT', ['instant']],
    ['an option that there is not', { options: { segment: 2 } }, 'BAD_USER_INPUT', ['availableFrom']],
    [
      'days before 1970',
      { period: { dates: { from: '1969-12-31', to: '1970-01-02' } } },
      'QUERY_NOT_SUPPORTED',
      ['1970-01-01'],
    ],
    [
      'all countries but some',
      { filters: [filter('country', ['RU'], 'IS_NOT')] },
      'QUERY_NOT_SUPPORTED',
      ['IS_NOT', 'Allowed: IS'],
    ],
    [
      'names that contain something',
      { filters: [filter('eventName', ['a'], 'CONTAINS')] },
      'QUERY_NOT_SUPPORTED',
      ['CONTAINS'],
    ],
    [
      'one parameter twice',
      { filters: [filter('country', ['RU']), filter('idCountry', ['188'])] },
      'QUERY_NOT_SUPPORTED',
      ['rows.filters[1]', 'idCountry', '"country"'],
    ],
    [
      'apps and keys that both fit',
      { filters: [filter('idApp', ['1']), filter('SDKKey', ['k'])] },
      'QUERY_NOT_SUPPORTED',
      ['rows.filters[1]', 'eitherAppOrKey'],
    ],
    [
      'a word for an id',
      { filters: [filter('idApp', ['1', 'shop'])] },
      'BAD_USER_INPUT',
      ['rows.filters[0].values[1]', '"shop"'],
    ],
    ['a key with a comma', { filters: [filter('SDKKey', ['a,b'])] }, 'BAD_USER_INPUT', ['"a,b"']],
    ['a country that is none', { filters: [filter('country', ['XX'])] }, 'BAD_USER_INPUT', ['"XX"', 'idCountry']],
    [
      'a word that no dictionary has',
      { table: 'payments', filters: [filter('idPurchaseType', ['3'])] },
      'BAD_USER_INPUT',
      ['1 (purchase)', '6 (custom revenue)'],
    ],
    [
      'verification of 255',
      { table: 'payments', filters: [filter('isVerified', ['255'])] },
      'BAD_USER_INPUT',
      ['0 (unverified)'],
    ],
    ['a misspelt word', { filters: [filter('rooted', ['roted'])] }, 'BAD_USER_INPUT', ['Did you mean "rooted"']],
    [
      'a mediator beyond the last',
      { table: 'adMonetization', filters: [filter('idAdMediator', ['49'])] },
      'BAD_USER_INPUT',
      ['0 to 48'],
    ],
    [
      'two mediators',
      { table: 'adMonetization', filters: [filter('idAdMediator', ['1', '2'])] },
      'QUERY_NOT_SUPPORTED',
      ['1 of one'],
    ],
    [
      'payments of an event that has none',
      { filters: [filter('isVerified', ['1'])] },
      'BAD_USER_INPUT',
      ['isVerified'],
    ],
    [
      'names of an event without',
      { table: 'hits', filters: [filter('eventName', ['a'])] },
      'BAD_USER_INPUT',
      ['eventName'],
    ],
    ['segments of other events', { filters: [filter('idSegment', ['2'])] }, 'BAD_USER_INPUT', ['idSegment']],
    [
      'mediators of other events',
      { table: 'payments', filters: [filter('idAdMediator', ['2'])] },
      'BAD_USER_INPUT',
      ['idAdMediator'],
    ],
    ['a column that breaks the list', { columns: ['idApp,idCountry'] }, 'BAD_USER_INPUT', ['"idApp,idCountry"']],
    ['an event of old documents', { table: 'install' }, 'BAD_USER_INPUT', ['"installs"']],
  ])('%s', async (_title, question, code, words) => {
    const error = await refusalOf(question);
    expect(error.code).toBe(code);
    for (const word of words) expect(error.message).toContain(word);
  });

  it('takes what came in just before three hours ago', async () => {
    await using mytracker = await startMytracker();
    const parameters = await mytracker.created({ options: { availableTo: '2026-11-15T09:00:00Z' } });
    expect(parameters['availabilityTsTo']).toBe(String(Date.parse('2026-11-15T08:59:59Z') / 1000));
  });
});
