import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { sampleConfig } from './sample-config.ts';
import { startInstal, startSmallServer } from './start-instal.ts';

const CSV = 'aff_sub_id,time\ns-17,2026-11-01 00:00\n';
const AUTHORIZATION = `Token ${sampleConfig('').token}`;

describe('the file of an export', () => {
  it('is asked for with the token where it is kept at Instal', async () => {
    await using instal = await startInstal(() => ({ body: CSV }));
    expect(String(await instal.fetchFile(`${instal.server.url}/media/1.csv?s=1`))).toBe(CSV);
    expect(instal.server.asked).toMatchObject([
      { path: '/media/1.csv?s=1', headers: { authorization: AUTHORIZATION } },
    ]);
  });

  it('is asked for without the token where it is kept elsewhere', async () => {
    await using storage = await startSmallServer(() => ({ body: CSV }));
    await using instal = await startInstal(() => ({}), { downloadHosts: [storage.host] });
    expect(String(await instal.fetchFile(`${storage.url}/1.csv`))).toBe(CSV);
    expect(storage.asked[0]?.headers).not.toHaveProperty('authorization');
    expect(instal.server.asked).toEqual([]);
  });

  it('does not take the token along where Instal sends it elsewhere', async () => {
    await using storage = await startSmallServer(() => ({ body: CSV }));
    await using instal = await startInstal(() => ({ status: 302, headers: { location: `${storage.url}/1.csv` } }), {
      downloadHosts: [storage.host],
    });
    expect(String(await instal.fetchFile(`${instal.server.url}/media/1.csv`))).toBe(CSV);
    expect(instal.server.asked[0]?.headers.authorization).toBe(AUTHORIZATION);
    expect(storage.asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is not fetched from a host that is not listed', async () => {
    await using storage = await startSmallServer(() => ({ body: CSV }));
    await using instal = await startInstal(() => ({}));
    const failure = await failureOf(instal.fetchFile(`${storage.url}/secret.csv`));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain(`${storage.host}, which downloadHosts`);
    expect(failure.message).not.toContain('secret.csv');
    expect(storage.asked).toEqual([]);
  });

  it('is not fetched from a private network unless that is allowed', async () => {
    await using instal = await startInstal(() => ({ body: CSV }), { allowPrivateNetwork: false });
    const failure = await failureOf(instal.fetchFile(`${instal.server.url}/media/1.csv`));
    expect(failure.message).toContain('allowPrivateNetwork');
    expect(instal.server.asked).toEqual([]);
  });

  it('stays compressed where it is', async () => {
    await using instal = await startInstal(() => ({ body: gzipSync(CSV) }));
    expect(await instal.fetchFile(`${instal.server.url}/media/1.csv`)).toEqual(gzipSync(CSV));
  });

  it('goes on where it was left, if it is the same', async () => {
    await using instal = await startInstal(({ headers }) =>
      headers.range === 'bytes=16-' && headers['if-range'] === '"v1"'
        ? { status: 206, headers: { etag: '"v1"', 'content-range': 'bytes 16-37/38' }, body: CSV.slice(16) }
        : { body: CSV },
    );
    const file = { url: `${instal.server.url}/media/1.csv`, expiresAt: null, rowCount: null };
    const deadline = instal.connected.deadline();
    const rest = await instal.exports.download(file, { offset: 16, validator: '"v1"' }, deadline);
    expect(rest).toMatchObject({ offset: 16, size: 38 });
    rest.body.destroy();
  });

  it.each([404, 410])('is gone where it has expired: %i', async (status) => {
    await using instal = await startInstal(() => ({ status }));
    const failure = await failureOf(instal.fetchFile(`${instal.server.url}/media/secret.csv`));
    expect(failure.code).toBe('PROVIDER_REJECTED');
    expect(failure.message).toContain('has expired, or its file is gone');
    expect(failure.message).not.toContain('secret.csv');
  });
});

describe('what the rows are like', () => {
  it('is the same fifteen columns in every file, of which those are taken that are wanted', async () => {
    await using instal = await startInstal(() => ({}));
    const layout = instal.exports.layoutOf(instal.toQuery({ columns: ['version_os', 'cr'] }));
    expect(layout.dialect).toEqual({
      delimiter: ',',
      header: layout.dialect.columns,
      columns: [
        ...['aff_sub_id', 'time', 'clicks_aggr', 'campaign', 'country', 'creative_id', 'app_id', 'campaign_id'],
        ...['cost_aggr', 'cr', 'conversions_aggr', 'name_os', 'version_os', 'lang', 'publisher_id'],
      ],
      nullTexts: [''],
    });
    expect(layout.columns).toEqual([
      { name: 'version_os', type: 'TEXT', source: { kind: 'AS_IS', column: 'version_os' } },
      { name: 'cr', type: 'NUMBER', source: { kind: 'RATIO', part: 'conversions_aggr', whole: 'clicks_aggr' } },
    ]);
  });

  it.each([
    [{}, 'Costs, in a currency that is not known.'],
    [{ currency: 'EUR' }, 'Costs, in EUR.'],
  ])('says the currency of costs with %j', async (config, description) => {
    await using instal = await startInstal(() => ({}), config);
    const columns = instal.exports.tables.flatMap((table) => table.columns);
    expect(columns.find(({ name }) => name === 'cost_aggr')?.description).toBe(description);
  });
});
