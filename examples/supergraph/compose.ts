import { readFileSync, writeFileSync } from 'node:fs';
import { compositionHasErrors, composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const configuration = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({
      routing_url: z.url(),
      schema: z.object({
        subgraph_url: z.url(),
        introspection_headers: z.record(z.string(), z.string()).default({}),
      }),
    }),
  ),
});
const answer = z.object({ data: z.object({ _service: z.object({ sdl: z.string() }) }) });

type Source = z.infer<typeof configuration>['subgraphs'][string]['schema'];

/** Given where a subgraph runs, return its schema, as every subgraph tells it. */
async function fetchSdl({ subgraph_url: url, introspection_headers: headers }: Source): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  }).catch((cause: unknown) => {
    throw new Error(`Nothing answers at ${url}. Is the subgraph running?`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return answer.parse(JSON.parse(text)).data._service.sdl;
}

const [from = 'supergraph.yaml', to = 'supergraph.graphql'] = process.argv.slice(2);
const { subgraphs } = configuration.parse(parseYaml(readFileSync(from, 'utf8')));
const services = await Promise.all(
  Object.entries(subgraphs).map(async ([name, { routing_url: url, schema }]) => {
    return { name, url, typeDefs: parse(await fetchSdl(schema)) };
  }),
);
const result = composeServices(services);
if (compositionHasErrors(result)) {
  for (const { message } of result.errors) console.error(message);
  process.exitCode = 1;
} else {
  writeFileSync(to, result.supergraphSdl);
  console.log(`${to} is composed of ${services.map(({ name }) => name).join(', ')}`);
}
