import { describe, expect, it } from 'vitest';
import { mytrackerConfig } from '../../../src/providers/mytracker/config.ts';

const OWN = { userId: 77658, secretKey: 'key' };
const pathsOf = (config: object) => mytrackerConfig.safeParse(config).error?.issues.map(({ path }) => path.join('.'));

describe('The configuration', () => {
  it('needs a user and a key, and has the documented rest', () => {
    expect(pathsOf({})).toEqual(['userId', 'secretKey']);
    expect(mytrackerConfig.parse(OWN)).toEqual({
      userId: '77658',
      secretKey: 'key',
      baseUrl: 'https://tracker.my.com',
      timezone: 'Europe/Moscow',
      parameterPlacement: 'body',
      downloadHosts: ['tracker.my.com', 'rawdata.hb.bizmrg.com'],
      allowPrivateNetwork: false,
      signDownloads: 'same-host',
      requestsPerSecond: 10,
      requestsPerMinute: 100,
      requestsPerHour: 1000,
      refusalsPerMinute: 60,
      userSelector: 'idProfile',
      earliestDate: '1970-01-01',
    });
  });

  it.each<[string, object]>([
    ['userId', { userId: 'me' }],
    ['secretKey', { secretKey: '' }],
    ['baseUrl', { baseUrl: 'ftp://tracker.my.com' }],
    ['timezone', { timezone: 'Europe/Stockholm' }],
    ['idApp.0', { idApp: ['shop'] }],
    ['idApp', { idApp: [] }],
    ['userSelector', { userSelector: 'idfa' }],
    ['revenue.table', { revenue: { table: 'purchases', selector: 'sum', currency: 'EUR' } }],
    ['revenue.selector', { revenue: { table: 'payments', selector: 'a,b', currency: 'EUR' } }],
    ['revenue.currency', { revenue: { table: 'payments', selector: 'sum', currency: 'euro' } }],
    ['SDKKey.0', { SDKKey: ['a,b'] }],
    ['parameterPlacement', { parameterPlacement: 'header' }],
    ['downloadHosts', { downloadHosts: [] }],
    ['downloadHosts.0', { downloadHosts: ['https://tracker.my.com'] }],
    ['signDownloads', { signDownloads: true }],
    ['requestsPerHour', { requestsPerHour: 0 }],
    ['earliestDate', { earliestDate: '1969-12-31' }],
  ])('refuses a wrong %s', (path, wrong) => {
    expect(pathsOf({ ...OWN, ...wrong })).toContain(path);
  });

  it('takes numbers and texts for ids, and other names of a zone', () => {
    expect(mytrackerConfig.parse({ ...OWN, userId: '5', idApp: [1, '2'], timezone: 'Europe/Kyiv' })).toMatchObject({
      userId: '5',
      idApp: ['1', '2'],
      timezone: 'Europe/Kyiv',
    });
  });
});
