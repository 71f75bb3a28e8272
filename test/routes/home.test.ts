import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DataSources } from '../../src/analytics/data-source.ts';
import { readExampleOperations, registerHome } from '../../src/routes/home.ts';
import { request } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;
let page: Awaited<ReturnType<typeof request>>;

const FOLDER = join(import.meta.dirname, '../../examples/operations');

beforeAll(async () => {
  const config = `dataSources:
  - { key: shop-app, name: 'Shop & "App" <EU>', provider: openpanel, clientId: the-client, clientSecret: the-secret, projectId: shop, timezone: Europe/Stockholm }`;
  server = await startServerUnderTest({ config });
  page = await request(server.url, { path: '/' });
});
afterAll(() => server.close());

describe('the page for people', () => {
  it('is HTML that runs nothing and loads nothing', () => {
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.text).not.toMatch(/<script|<link|<img|<iframe|\son[a-z]+=|javascript:/i);
  });

  it('names the data sources and what they answer', () => {
    expect(page.text).toContain('<code>shop-app</code>');
    expect(page.text).toContain(
      'metrics, funnels, conversions, retention, cohort analysis, lifetime value, raw events',
    );
    expect(page.text).toContain('Europe/Stockholm');
    expect(page.text).toContain('https://openpanel.dev/docs/api/export');
  });

  it('writes names as text and not as HTML', () => {
    expect(page.text).toContain('Shop &amp; &quot;App&quot; &lt;EU&gt;');
    expect(page.text).not.toContain('<EU>');
  });

  it('shows no credentials', () => {
    expect(page.text).not.toMatch(/the-secret|the-client/);
  });

  it('says where to ask', () => {
    expect(page.text).toContain(`POST ${server.url}/graphql`);
    expect(page.text).toContain('href="/graphql"');
  });

  it('has every example with what it is about and a link to run it', () => {
    const operations = readExampleOperations();
    expect(operations.map(({ name }) => `${name}.graphql`)).toEqual(
      readdirSync(FOLDER)
        .filter((file) => file.endsWith('.graphql'))
        .toSorted(),
    );
    const links = [...page.text.matchAll(/href="(https:\/\/studio[^"]+)"/g)].map(
      ([, link = '']) => new URL(link.replaceAll('&amp;', '&')),
    );
    expect(links.map(({ searchParams }) => searchParams.get('document'))).toEqual(
      operations.map(({ document }) => document),
    );
    expect(links.every(({ searchParams }) => searchParams.get('endpoint') === `${server.url}/graphql`)).toBe(true);
    for (const { name, about } of operations) {
      expect(about, name).not.toBe('');
      expect(page.text).toContain(`<b>${name}</b>`);
    }
  });

  it('has links that lead somewhere', async () => {
    const paths = [...page.text.matchAll(/href="(\/[^"]*)"/g)].map(([, path = '']) => path);
    expect(paths).toEqual(['/graphql', '/health/live', '/health/ready']);
    for (const path of paths) {
      expect((await request(server.url, { path, headers: { accept: 'text/html' } })).status).toBe(200);
    }
  });

  it('writes examples as text and not as HTML', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'operations-'));
    writeFileSync(join(folder, 'odd.graphql'), '# <b>Bold</b>\n# & brave.\nquery { a(b: "</pre><script>") }\n');
    writeFileSync(join(folder, 'notes.txt'), 'not an operation');
    const operations = readExampleOperations(folder);
    expect(operations).toEqual([
      { name: 'odd', about: '<b>Bold</b>\n& brave.', document: 'query { a(b: "</pre><script>") }' },
    ]);
    const app = fastify();
    onTestFinished(() => app.close());
    registerHome(app, { operations, dataSources: new DataSources([]) });
    const { text } = await request(await app.listen({ port: 0, host: '127.0.0.1' }), { path: '/' });
    expect(text).toContain('&lt;b&gt;Bold&lt;/b&gt;');
    expect(text).not.toMatch(/<script|<\/pre><script|<b>Bold/);
  });
});
