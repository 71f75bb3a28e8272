import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse as parseDocument } from 'graphql';
import { parse as parseYaml, stringify } from 'yaml';
import type { Answer } from '../../server/running-server.ts';
import { SUPERGRAPH_FOLDER } from './install.ts';
import { findFreePort, outsideEnvironment, startProcess, type RunningProcess } from './process.ts';

/** Where the three subgraphs are. */
export interface SubgraphUrls {
  readonly tributary: string;
  readonly apps: string;
  readonly customers: string;
}

/** A gateway in a process of its own. */
export interface Gateway extends RunningProcess {
  /** Where operations are sent. */
  readonly url: string;
  /** Send an operation, with this as its `Authorization` where given, and return the whole answer. */
  ask<Data = Record<string, unknown>>(question: Question): Promise<Answer<Data>>;
}

/** An operation, as a caller sends it. */
export interface Question {
  readonly query: string;
  readonly variables?: object;
  /** Left out: none is sent. */
  readonly authorization?: string;
}

/** Start the two subgraphs of the made-up company, and return where they are. */
export async function startCompany(): Promise<RunningProcess & Omit<SubgraphUrls, 'tributary'>> {
  const company = await startProcess(
    {
      command: process.execPath,
      arguments: ['subgraphs.ts'],
      folder: SUPERGRAPH_FOLDER,
      env: { APPS_PORT: '0', CUSTOMERS_PORT: '0' },
    },
    /apps is at /,
    /customers is at /,
  );
  const urlOf = (name: string) => new RegExp(`^${name} is at (\\S+)$`, 'm').exec(company.output())?.[1] ?? '';
  return { ...company, apps: urlOf('apps'), customers: urlOf('customers') };
}

/** Given where the subgraphs are, write the example's `supergraph.yaml` for them into a folder, run `compose.ts` and return the file it wrote. */
export async function composeByExample(urls: SubgraphUrls, authorization: string, folder: string): Promise<string> {
  const shipped = parseYaml(await readFile(join(SUPERGRAPH_FOLDER, 'supergraph.yaml'), 'utf8')) as {
    subgraphs: Record<keyof SubgraphUrls, object>;
  };
  const subgraphs = Object.fromEntries(
    (Object.keys(shipped.subgraphs) as (keyof SubgraphUrls)[]).map((name) => [
      name,
      {
        routing_url: urls[name],
        schema: {
          subgraph_url: urls[name],
          ...(name === 'tributary' && { introspection_headers: { Authorization: authorization } }),
        },
      },
    ]),
  );
  const [from, to] = [join(folder, 'supergraph.yaml'), join(folder, 'supergraph.graphql')];
  await writeFile(from, stringify({ ...shipped, subgraphs }));
  await promisify(execFile)(process.execPath, ['compose.ts', from, to], {
    cwd: SUPERGRAPH_FOLDER,
    env: outsideEnvironment(),
  });
  return to;
}

/** Compose the same with Apollo's composer, from the files of the schemas, and return the file. */
export async function composeByApollo(urls: SubgraphUrls, folder: string): Promise<string> {
  const files = {
    tributary: join(SUPERGRAPH_FOLDER, '../../schema.snapshot.graphql'),
    apps: join(SUPERGRAPH_FOLDER, 'apps.graphql'),
    customers: join(SUPERGRAPH_FOLDER, 'customers.graphql'),
  };
  const services = await Promise.all(
    (Object.keys(files) as (keyof SubgraphUrls)[]).map(async (name) => {
      return { name, url: urls[name], typeDefs: parseDocument(await readFile(files[name], 'utf8')) };
    }),
  );
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  const to = join(folder, 'supergraph.apollo.graphql');
  await writeFile(to, supergraphSdl);
  return to;
}

/** Start Apollo's gateway over a composed file, as `npm run apollo-gateway` does. */
export async function startApolloGateway(supergraph: string): Promise<Gateway> {
  const gateway = await startProcess(
    {
      command: process.execPath,
      arguments: ['apollo-gateway.ts', supergraph],
      folder: SUPERGRAPH_FOLDER,
      env: { GATEWAY_PORT: '0' },
    },
    /The gateway is at /,
  );
  const url = /The gateway is at (\S+)/.exec(gateway.output())?.[1] ?? '';
  return { ...gateway, url, ask: (question) => askAt(url, question) };
}

/** What Hive Gateway is configured by, other than usual. */
interface HiveConfiguration {
  /** A file of the example. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Start Hive Gateway over a composed file, as `npm run gateway` does where no other configuration is given. */
export async function startHiveGateway(supergraph: string, configuration?: HiveConfiguration): Promise<Gateway> {
  const port = await findFreePort();
  const configurationFlags = configuration ? ['--config-path', configuration.file] : [];
  const gateway = await startProcess(
    {
      command: 'npx',
      arguments: ['hive-gateway', 'supergraph', supergraph, ...configurationFlags],
      folder: SUPERGRAPH_FOLDER,
      env: { GATEWAY_PORT: String(port), ...configuration?.env },
    },
    /Listening on /,
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  return { ...gateway, url, ask: (question) => askAt(url, question) };
}

async function askAt<Data>(url: string, { query, variables = {}, authorization }: Question): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}
