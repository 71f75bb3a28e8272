import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  CAPABILITY_NAMES,
  requireCapability,
  type CapabilityName,
  type Provider,
} from '../../src/analytics/provider.ts';
import { UnsupportedCapabilityError } from '../../src/errors.ts';
import { providers } from '../../src/providers/registry.generated.ts';
import {
  connectProvider,
  readSampleConfig,
  SOURCE_KEY,
  type Operation,
  type SampleConfig,
} from '../support/connect-provider.ts';
import { failureOf } from '../support/failure-of.ts';
import { hang } from '../support/faults.ts';
import { loadFixtures, type Fixture } from '../support/fixture.ts';
import { startReplayServer, type ReplayServer } from '../support/replay-server.ts';
import type { Contract } from './contract.ts';
import { CONTRACTS } from './contracts.ts';
import { FAILURES, FILE_FAILURES, type Failure } from './failures.ts';
import { nativeFilesContract } from './native-files.contract.ts';

const NOWHERE = 'http://127.0.0.1:9';
const capabilities = Object.keys(CAPABILITY_NAMES) as CapabilityName[];

for (const provider of providers as readonly Provider[]) {
  const sampleConfig = await readSampleConfig(provider.id);

  describe(provider.name, () => {
    it('has a sample configuration', () => {
      const path = `test/providers/${provider.id}/sample-config.ts`;
      expect(sampleConfig, `${path} must export sampleConfig = (baseUrl: string) => ({ … })`).toBeTypeOf('function');
    });

    if (!sampleConfig) return;
    const offered = connectProvider(provider, sampleConfig(NOWHERE)).dataSource.connection.capabilities;
    for (const name of capabilities) {
      const subject = { provider, sampleConfig };
      const capability = offered[name];
      if (!capability) describeRefusal(name, subject);
      else describeAnswers({ title: name, contract: CONTRACTS[name], failures: FAILURES }, subject);
      if (capability && 'nativeFiles' in capability) {
        const title = `native-files.${name}`;
        describeAnswers({ title, contract: nativeFilesContract, failures: FILE_FAILURES }, subject);
      }
    }
  });
}

interface Subject {
  readonly provider: Provider;
  readonly sampleConfig: SampleConfig;
}

function describeRefusal(name: CapabilityName, { provider, sampleConfig }: Subject): void {
  describe(name, () => {
    it('is refused with what is there instead', async () => {
      await using connected = connectProvider(provider, sampleConfig(NOWHERE));
      const { dataSource } = connected;
      expect(() => requireCapability(dataSource, name)).toThrow(UnsupportedCapabilityError);
      const { clock, deadline } = connected;
      const asked = { reports: connected.begin(), dataSource, operation: { clock, deadline: deadline() } };
      const error = await failureOf(CONTRACTS[name].ask(CONTRACTS[name].smallest, asked));
      expect(error).toMatchObject({ code: 'CAPABILITY_NOT_SUPPORTED', isRetryable: false, origin: originOf(provider) });
      const others = Object.keys(dataSource.connection.capabilities) as CapabilityName[];
      for (const words of [provider.name, SOURCE_KEY, ...[name, ...others].map((key) => CAPABILITY_NAMES[key])]) {
        expect(error.message).toContain(words);
      }
    });
  });
}

/** What is held to a contract. */
interface Held {
  /** Also what its fixtures are called, before the scenario. */
  readonly title: string;
  readonly contract: Contract;
  readonly failures: readonly Failure[];
}

function describeAnswers(held: Held, subject: Subject): void {
  const { title, contract } = held;
  const fixtures = loadFixtures(`${subject.provider.id}/fixtures`, `${title}.`);
  const [first] = fixtures;

  describe(title, () => {
    it('has a fixture', () => {
      const path = `test/providers/${subject.provider.id}/fixtures/${title}.<scenario>.json`;
      expect(fixtures, `${subject.provider.name} offers ${title}: add ${path}`).not.toEqual([]);
    });

    it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('answers %s', async (_name, fixture) => {
      await using server = await startReplayServer([fixture, ...fixture.also]);
      await using asked = ask(contract, { fixture, server, ...subject });
      const { plain, assertSound } = await asked.answer;
      expect(server.unexpected).toEqual([]);
      expect(plain).toEqual(fixture.expected);
      assertSound();
      expectNoSecret(asked.log.join('\n'), fixture, subject);
    });

    if (first) describeFailures(held, { ...subject, fixture: first });
  });
}

function describeFailures({ contract, failures }: Held, subject: Subject & { readonly fixture: Fixture }): void {
  const { fixture, provider } = subject;

  afterEach(() => vi.restoreAllMocks());

  it.each(failures.map((failure) => [failure.title, failure] as const))('says so for %s', async (_title, failure) => {
    await using server = await startReplayServer([fixture, ...fixture.also]);
    server.breakWith(failure.fault, fixture.request.path);
    // Waits between attempts are drawn by lot: here always the shortest.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const startedAt = performance.now();
    await using asked = ask(contract, { ...subject, server, timeoutMs: failure.timeoutMs });
    const error = await failureOf(asked.answer);
    expect(performance.now() - startedAt).toBeLessThan(Math.min(failure.timeoutMs, 2_000) + 2_000);
    expect(error).toMatchObject({ code: failure.code, origin: originOf(provider) });
    expect(error.message.toLowerCase()).toContain(provider.id);
    if (failure.retryAfterMs !== undefined) expect(error.retryAfterMs).toBe(failure.retryAfterMs);
    expectNoSecret(inspect(error, { depth: 20, maxStringLength: null }), fixture, subject);
    expectNoSecret(asked.log.join('\n'), fixture, subject);
  });

  it('ends at once when the caller leaves', async () => {
    await using server = await startReplayServer([fixture, ...fixture.also]);
    server.breakWith(hang, fixture.request.path);
    const caller = new AbortController();
    await using asked = ask(contract, { ...subject, server, signal: caller.signal });
    const failing = failureOf(asked.answer);
    while (!server.asked.some(({ path }) => path === fixture.request.path)) await delay(5);
    const leftAt = performance.now();
    caller.abort(new Error('The caller went away'));
    expect(await failing).toMatchObject({ code: 'OPERATION_CANCELLED', origin: originOf(provider) });
    expect(performance.now() - leftAt).toBeLessThan(2_000);
  });
}

interface Asking extends Subject, Operation {
  readonly fixture: Fixture;
  readonly server: ReplayServer;
}

/** The answer is still to come, so that what happens meanwhile can be watched. */
function ask(contract: Contract, { provider, sampleConfig, fixture, server, ...operation }: Asking) {
  const connected = connectProvider(provider, { ...sampleConfig(server.url), ...fixture.config }, fixture.now);
  const { dataSource, clock } = connected;
  const asked = {
    reports: connected.begin(operation),
    dataSource,
    operation: { clock, deadline: connected.deadline(operation) },
  };
  return { ...connected, answer: contract.ask(fixture.query ?? {}, asked) };
}

function originOf({ id }: Provider) {
  return { source: SOURCE_KEY, provider: id };
}

/** No value of a field that the provider's schema marks as secret may be in a text. */
function expectNoSecret(text: string, { config }: Fixture, { provider, sampleConfig }: Subject): void {
  const { properties = {} } = z.toJSONSchema(provider.config, { io: 'input', unrepresentable: 'any' });
  const values: Readonly<Record<string, unknown>> = { ...sampleConfig(NOWHERE), ...config };
  const secrets = Object.entries(properties)
    .filter(([, field]) => typeof field === 'object' && field['secret'] === true)
    .map(([key]) => values[key])
    // Of several ways to sign in, one is taken.
    .filter((value) => typeof value === 'string');
  expect(secrets).not.toEqual([]);
  for (const secret of secrets) expect(text.includes(secret), 'a secret is shown').toBe(false);
}
