import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const PROVIDERS = join(import.meta.dirname, '../providers');

const exchange = z.strictObject({
  request: z.strictObject({
    method: z.string(),
    path: z.string().startsWith('/'),
    /** A list where the parameter is repeated. */
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    /** Null where nothing is sent. */
    body: z.json(),
  }),
  response: z.strictObject({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    /** A text is sent as it is, anything else as JSON. */
    body: z.json(),
  }),
});

const fixture = exchange.extend({
  source: z.enum(['docs', 'live', 'recorded']),
  /** The document that describes the request. */
  url: z.url(),
  checkedOn: z.iso.date(),
  /** What is unusual about it. */
  note: z.string().optional(),
  /** Whose credentials were used, where that is the point of the exchange. */
  client: z.string().optional(),
  /** The time of day while it is asked. */
  now: z.iso.datetime().default('2026-11-15T12:00:00Z'),
  /** What differs from the provider's sample configuration. */
  config: z.record(z.string(), z.json()).default({}),
  /** The argument as GraphQL would have it; null where nobody can ask this through us. */
  query: z.record(z.string(), z.unknown()).nullable(),
  /** Other exchanges of the same question, such as the names of events. */
  also: z.array(exchange).default([]),
  /** Worked out by hand, never by running our code. */
  expected: z.json(),
});

/** A request and its answer, as on the wire. */
export type Exchange = z.infer<typeof exchange>;

/** One exchange with a provider, what is asked of us so that it happens, and what we must answer. */
export interface Fixture extends z.infer<typeof fixture> {
  /** The file's name without `.json`. */
  readonly name: string;
}

/** The folder of a provider's tests. */
export function toTestFolder(providerId: string): string {
  return join(PROVIDERS, providerId);
}

/** Given a path below `test/providers` without `.json`, return the fixture. */
export function loadFixture(path: string): Fixture {
  const parsed = fixture.safeParse(JSON.parse(readFileSync(join(PROVIDERS, `${path}.json`), 'utf8')));
  if (!parsed.success) throw new Error(`${path}.json is no fixture: ${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, name: basename(path) };
}

/** Given a folder below `test/providers`, return its fixtures whose name starts with `prefix`, in order of name. */
export function loadFixtures(folder: string, prefix = ''): Fixture[] {
  if (!existsSync(join(PROVIDERS, folder))) return [];
  return readdirSync(join(PROVIDERS, folder))
    .filter((file) => file.startsWith(prefix) && file.endsWith('.json'))
    .sort()
    .map((file) => loadFixture(join(folder, basename(file, '.json'))));
}
