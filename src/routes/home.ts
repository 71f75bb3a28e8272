import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { DataSources } from '../analytics/data-source.ts';
import { CAPABILITY_NAMES, type CapabilityName } from '../analytics/provider.ts';

const OPERATIONS_FOLDER = join(import.meta.dirname, '../../examples/operations');

/** A GraphQL operation to try, with what it is about. */
export interface ExampleOperation {
  readonly name: string;
  /** The comment at the head of the file. */
  readonly about: string;
  readonly document: string;
}

/** Every operation of `examples/operations`, by file name. */
export function readExampleOperations(folder: string = OPERATIONS_FOLDER): ExampleOperation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const about = (/^(?:#.*\n)+/.exec(text)?.[0] ?? '').replace(/^# ?/gm, '').trim();
      return { name: file.replace(/\.graphql$/, ''), about, document: text.replace(/^(?:#.*\n)+/, '').trim() };
    });
}

/** What the page shows. */
export interface HomeOptions {
  readonly operations: readonly ExampleOperation[];
  /** Null where they are not for everybody to see. */
  readonly dataSources: DataSources | null;
}

/** `GET /`: a page for a person who has just started the server or been given its address. */
export function registerHome(app: FastifyInstance, options: HomeOptions): void {
  app.get('/', async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      // Shown again only once the server has said that it is still so.
      .header('cache-control', 'no-cache')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      .send(renderHome(options, `${request.protocol}://${request.host}/graphql`)),
  );
}

function renderHome({ operations, dataSources }: HomeOptions, endpoint: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tributary</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
  h1 { margin-bottom: 0 } h2 { margin-top: 2rem } table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #d0d7de; vertical-align: top }
  pre { background: #f6f8fa; padding: 1rem; overflow: auto; border-radius: 6px; font-size: 14px }
  a { color: #0550ae } .main { display: inline-block; background: #0550ae; color: #fff; padding: .5rem 1rem; border-radius: 6px; text-decoration: none }
  summary { cursor: pointer; padding: .3rem 0 }
  @media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3 } pre { background: #161b22 } a { color: #79c0ff } th, td { border-color: #30363d } .main { color: #fff } }
</style>
<h1>Tributary</h1>
<p>One GraphQL API over the export APIs of your analytics providers. Ask at <code>POST ${escapeHtml(endpoint)}</code>.</p>
<p><a class="main" href="/graphql">Open Apollo Sandbox</a></p>
${renderDataSources(dataSources)}
<h2>Operations to try</h2>
${operations.map((operation) => renderOperation(operation, endpoint)).join('\n')}
<h2>For machines</h2>
<p><a href="/health/live">/health/live</a> says whether the process runs, <a href="/health/ready">/health/ready</a> whether it wants requests.</p>
</html>
`;
}

function renderDataSources(dataSources: DataSources | null): string {
  if (dataSources === null) return '<p>This server wants an API key: send <code>Authorization: Bearer …</code>.</p>';
  const rows = dataSources.all.map(({ key, name, provider, connection }) => {
    const offers = Object.keys(connection.capabilities).map(
      (capability) => CAPABILITY_NAMES[capability as CapabilityName],
    );
    return `<tr><td><code>${escapeHtml(key)}</code><td>${escapeHtml(name)}<td><a href="${escapeHtml(provider.docsUrl)}">${escapeHtml(provider.name)}</a><td>${escapeHtml(offers.join(', '))}<td>${escapeHtml(connection.timezone ?? 'not known')}`;
  });
  return `<h2>Data sources</h2>
<table><tr><th>Key<th>Name<th>Provider<th>Answers<th>Time zone
${rows.join('\n')}
</table>`;
}

function renderOperation({ name, about, document }: ExampleOperation, endpoint: string): string {
  const parameters = new URLSearchParams({ endpoint, document });
  const link = `https://studio.apollographql.com/sandbox/explorer?${parameters.toString()}`;
  return `<details><summary><b>${escapeHtml(name)}</b>: ${escapeHtml(about)}</summary>
<pre>${escapeHtml(document)}</pre><p><a href="${escapeHtml(link)}">Run it in Apollo Sandbox</a></p></details>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
