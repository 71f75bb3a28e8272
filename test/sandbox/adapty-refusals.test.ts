import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startAdaptyClient, WHOLE } from './adapty-client.ts';
import type { AdaptyClient } from './adapty-client.ts';

const ENDPOINTS = ['analytics', 'cohort', 'conversion', 'funnel', 'ltv', 'retention'];
const NO_FIELD = 'non_field_errors';
let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

const envelope = (status: number, code: string, source: string, message: string): object => ({
  errors: [{ source, errors: [message] }],
  error_code: code,
  status_code: status,
});
const goodBody = { filters: WHOLE, chart_id: 'revenue', from_period: null, to_period: 1 };

describe('authentication of the emulated Adapty', () => {
  it.each([{ authorization: '' }, { authorization: 'Bearer x' }])('%j brings no credentials', async (headers) => {
    const { status, body } = await adapty.send('analytics/', goodBody, headers);
    expect(status).toBe(401);
    const message = 'Authentication credentials were not provided.';
    expect(body).toEqual(envelope(401, 'not_authenticated', NO_FIELD, message));
  });

  it.each(['Api-Key wrong', 'Api-Key', 'Api-Key  secret_live_sandbox.0000000000000000000000000000000'])(
    'another key is refused: %s',
    async (authorization) => {
      const { status, body } = await adapty.send('ltv/', goodBody, { authorization });
      expect(status).toBe(401);
      expect(body).toEqual(envelope(401, 'authentication_failed', NO_FIELD, 'Invalid token.'));
    },
  );

  it('comes before a broken body', async () => {
    expect((await adapty.send('analytics/', '{', { authorization: '' })).status).toBe(401);
  });
});

describe('addresses of the emulated Adapty', () => {
  it.each(ENDPOINTS)('%s needs its slash', async (name) => {
    expect(await adapty.send(name, goodBody)).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
    expect((await adapty.send(`${name}/`, goodBody)).status).toBe(200);
  });

  it('answer nothing but a POST', async () => {
    const response = await fetch(`${adapty.baseUrl}/api/v1/client-api/metrics/ltv/`, {
      headers: { authorization: 'Api-Key secret_live_sandbox.0000000000000000000000000000000' },
    });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ error_code: 'method_not_allowed', status_code: 405 });
  });
});

describe('bodies the emulated Adapty refuses', () => {
  it.each<[string, string, string]>([
    ['{"filters":', 'parse_error', NO_FIELD],
    ['', 'parse_error', NO_FIELD],
    ['[]', 'dict', NO_FIELD],
    ['{}', 'missing', 'filters'],
  ])('%j', async (body, code, source) => {
    const answer = await adapty.send('funnel/', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ source }], error_code: code, status_code: 400 });
  });

  it('another content type is not read', async () => {
    const { status, body } = await adapty.send('ltv/', goodBody, { 'content-type': 'text/plain' });
    expect(status).toBe(415);
    expect(body).toMatchObject({ error_code: 'unsupported_media_type' });
  });

  it.each<[string, unknown, string, string]>([
    ['analytics', undefined, 'field required', 'missing'],
    ['cohort', null, 'value is not a valid list', 'list'],
    ['conversion', ['2026-11-01'], 'ensure this value has at least 2 items', 'min_items'],
    ['funnel', ['2026-11-01', '2026-11-02', '2026-11-03'], 'ensure this value has at most 2 items', 'max_items'],
    ['retention', ['2026-11-02', '2026-11-01'], 'ensure the first date is not later than the second', 'date_range'],
  ])('%s with the dates %j', async (name, date, message, code) => {
    const { status, body } = await adapty.send(`${name}/`, { ...goodBody, filters: { date } });
    expect(status).toBe(400);
    expect(body).toEqual(envelope(400, code, 'filters.date', message));
  });

  it.each(['2026-02-30', '01.11.2026', '2026-11-01T00:00:00Z', ''])('the date %j', async (day) => {
    const { status, body } = await adapty.send('ltv/', { filters: { date: ['2026-01-01', day] } });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ source: 'filters.date.1', errors: ['invalid date format'] }]);
  });

  it.each<[string, object, string]>([
    ['analytics', { chart_id: 'profit' }, 'chart_id'],
    ['analytics', { period_unit: 'hour' }, 'period_unit'],
    ['analytics', { date_type: 'refund_date' }, 'date_type'],
    ['cohort', { period_type: 'weeks' }, 'period_type'],
    ['cohort', { value_type: 'percent' }, 'value_type'],
    ['cohort', { value_field: 'ltv' }, 'value_field'],
    ['cohort', { accounting_type: 'gross' }, 'accounting_type'],
    ['cohort', { prediction_months: 5 }, 'prediction_months'],
    ['conversion', { period_unit: 'none' }, 'period_unit'],
    ['funnel', { show_value_as: 'percent' }, 'show_value_as'],
    ['ltv', { format: 'xlsx' }, 'format'],
    ['retention', { segmentation: 'weather' }, 'segmentation'],
    ['ltv', { filters: { ...WHOLE, duration: ['weekly'] } }, 'filters.duration.0'],
    ['ltv', { filters: { ...WHOLE, attribution_status: ['non_organic'] } }, 'filters.attribution_status.0'],
    ['ltv', { filters: { ...WHOLE, offer_type: ['gift'] } }, 'filters.offer_type.0'],
  ])('%s with the word of %j', async (name, wrong, source) => {
    const { status, body } = await adapty.send(`${name}/`, { ...goodBody, ...wrong });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_code: 'enum', status_code: 400, errors: [{ source }] });
    expect(body.errors[0].errors[0]).toMatch(/^value is not a valid enumeration member; permitted: '?\w+/);
  });

  it.each<[string, object, string, string]>([
    ['analytics', { chart_id: undefined }, 'chart_id', 'missing'],
    ['conversion', { from_period: undefined }, 'from_period', 'missing'],
    ['conversion', { to_period: undefined }, 'to_period', 'missing'],
    ['conversion', { to_period: '7+' }, 'to_period', 'value_error'],
    ['conversion', { from_period: '6+' }, 'from_period', 'value_error'],
    ['conversion', { from_period: 2, to_period: '2' }, 'to_period', 'value_error'],
    ['cohort', { renewal_days: [-1] }, 'renewal_days.0', 'min_items'],
    ['retention', { use_trial: 'yes' }, 'use_trial', 'boolean'],
    ['ltv', { filters: { ...WHOLE, country: ['USA'] } }, 'filters.country.0', 'value_error'],
    ['ltv', { filters: { ...WHOLE, store: 'app_store' } }, 'filters.store', 'list'],
  ])('%s with %j', async (name, wrong, source, code) => {
    const { status, body } = await adapty.send(`${name}/`, { ...goodBody, ...wrong });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_code: code, errors: [{ source }] });
  });

  it('all complaints come in one answer', async () => {
    const { body } = await adapty.send('analytics/', { filters: { duration: ['x'] }, period_unit: 'hour' });
    const sources = body.errors.map(({ source }: { source: string }) => source);
    expect(sources).toEqual(['filters.date', 'filters.duration.0', 'chart_id', 'period_unit']);
  });
});

describe('limits of the charts', () => {
  it.each<[string, string]>([
    ['installs', 'duration'],
    ['arpu', 'store_product_id'],
    ['arppu', 'offer_type'],
    ['subscriptions_new', 'period'],
    ['refund_money', 'offer_id'],
    ['mrr', 'cancellation_reason'],
  ])('%s has no segments by %s', async (chartId, segmentation) => {
    const { status, body } = await adapty.send('analytics/', { filters: WHOLE, chart_id: chartId, segmentation });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_code: 'enum', errors: [{ source: 'segmentation' }] });
  });

  it.each<[string, object]>([
    ['installs', { duration: ['Weekly'] }],
    ['arpu', { compare_date: WHOLE.date }],
    ['trials_expired', { offer_id: ['x'] }],
    ['billing_issue', { compare_date: WHOLE.date }],
  ])('%s has no filter %j', async (chartId, filter) => {
    const filters = { ...WHOLE, ...filter };
    const { status, body } = await adapty.send('analytics/', { filters, chart_id: chartId });
    expect(status).toBe(400);
    expect(body.errors[0].source).toBe(`filters.${Object.keys(filter)[0]}`);
  });

  it('days reach over one year only', async () => {
    const ask = (from: string): Promise<{ status: number }> =>
      adapty.send('analytics/', { ...goodBody, filters: { date: [from, '2026-11-20'] }, period_unit: 'day' });
    expect((await ask('2025-11-21')).status).toBe(200);
    expect((await ask('2025-11-20')).status).toBe(400);
  });

  it.each(['Mars/Base', '+03:00', ''])('the time zone %j is unknown', async (zone) => {
    const { status, body } = await adapty.send('funnel/', goodBody, { 'adapty-tz': zone });
    expect(status).toBe(400);
    expect(body.errors[0].source).toBe('Adapty-Tz');
  });
});

describe('rate limit of the emulated Adapty', () => {
  it('lets two requests a second through', async () => {
    let nowMs = Date.UTC(2026, 10, 20);
    const limited = await startAdaptyClient({ rateLimit: 2, clock: () => nowMs });
    const statuses: number[] = [];
    for (const waitMs of [0, 400, 400, 199, 1, 399, 1]) {
      nowMs += waitMs;
      statuses.push((await limited.send('retention/', goodBody)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429, 200, 429, 200]);
    const { headers, body } = await limited.send('ltv/', goodBody);
    expect(body).toEqual(envelope(429, 'throttled', NO_FIELD, 'Request was throttled.'));
    expect(headers.get('retry-after')).toBeNull();
    await limited.close();
  });

  it('says when to come back if told to', async () => {
    const limited = await startAdaptyClient({ rateLimit: 0, sendsRetryAfter: true });
    expect((await limited.send('ltv/', goodBody)).headers.get('retry-after')).toBe('1');
    expect((await limited.send('ltv/', goodBody, { authorization: '' })).status).toBe(401);
    await limited.close();
  });
});
