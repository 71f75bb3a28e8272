import type { z } from 'zod';
import type { Clock, Deadline } from '../../src/analytics/deadline.ts';
import type { CapabilityName } from '../../src/analytics/provider.ts';
import type { Reports } from '../../src/reports/reports.ts';
import { SOURCE_KEY, type ConnectedProvider } from '../support/connect-provider.ts';

/** An answer, ready to be looked at. */
export interface Answer {
  /** What a fixture's `expected` says of it. */
  readonly plain: unknown;
  /** Assert what holds for every answer of the capability, whoever gave it. */
  assertSound(): void;
}

/** How a capability is asked, and what every answer must be like. */
export interface Contract {
  /** The smallest question that makes sense, for a provider that must refuse it. */
  readonly smallest: Readonly<Record<string, unknown>>;
  ask(query: Readonly<Record<string, unknown>>, connected: Asked): Promise<Answer>;
  /** Assert what holds for every capability of the kind before anything is asked, whoever answers. */
  assertOffered(capability: object): void;
}

/** Whom a question is asked. */
export interface Asked {
  readonly reports: Reports;
  readonly dataSource: ConnectedProvider['dataSource'];
  /** Needed where a capability is not asked through the reports. */
  readonly operation?: { readonly clock: Clock; readonly deadline: Deadline };
}

interface Definition<Question, Report, Capability> {
  readonly smallest: Readonly<Record<string, unknown>>;
  readonly input: z.ZodType<Question>;
  fetch(question: Question, asked: Asked): Promise<Report>;
  toPlain(report: Report): unknown;
  assertSound(report: Report): void;
  /** Left out where a capability has no limits of its own. */
  assertOffered?(capability: Capability): void;
}

/** The contract of every capability: one without a contract does not compile. */
export type Contracts = Readonly<Record<CapabilityName, Contract>>;

/** Given how a capability is asked and looked at, return its contract. */
export function defineContract<Question, Report, Capability = object>(
  definition: Definition<Question, Report, Capability>,
): Contract {
  const { smallest, input, fetch, toPlain, assertSound } = definition;
  return {
    smallest,
    async ask(query, asked) {
      const report = await fetch(input.parse({ source: SOURCE_KEY, ...query }), asked);
      return { plain: toPlain(report), assertSound: () => assertSound(report) };
    },
    assertOffered: (capability) => definition.assertOffered?.(capability as Capability),
  };
}
