import { startAdapty } from '../../src/sandbox/adapty/start-adapty.ts';
import type { AdaptyOptions } from '../../src/sandbox/adapty/start-adapty.ts';
import { createWorld, DAY_MS } from '../../src/sandbox/world.ts';
import type { Subscription, SubscriptionStep } from '../../src/sandbox/world.ts';

/** JSON of no type: the assertion is what checks it. */
export type Json = ReturnType<typeof JSON.parse>;

/** The world of these tests, which ends with 19 November. */
export const world = createWorld({ today: '2026-11-20' });

/** The whole world as a request's dates, today included. */
export const WHOLE = { date: ['2026-07-01', '2026-11-20'] };

/** An answer of the emulator, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** A running emulator and ways to ask it. */
export interface AdaptyClient {
  readonly baseUrl: string;
  /** Posts a body as it is, with headers that replace the usual ones. */
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The answer to what must not be refused. */
  ask(name: string, body: Record<string, unknown>, headers?: Record<string, string>): Promise<Json>;
  /** The first series of a chart. */
  chart(chartId: string, body?: Record<string, unknown>, headers?: Record<string, string>): Promise<Json>;
  close(): Promise<void>;
}

/** Credentials that are right. */
export const RIGHT = {
  authorization: 'Api-Key secret_live_sandbox.0000000000000000000000000000000',
  'content-type': 'application/json',
};

/** Starts the emulator with a limit that no test reaches by accident. */
export async function startAdaptyClient(options: Partial<AdaptyOptions> = {}): Promise<AdaptyClient> {
  const clock = (): number => Date.UTC(2026, 10, 20, 12);
  const emulator = await startAdapty({ world, clock, rateLimit: 1_000_000, ...options });
  async function send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${emulator.baseUrl}/api/v1/client-api/metrics/${path}`, {
      method: 'POST',
      headers: { ...RIGHT, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
  async function ask(name: string, body: Record<string, unknown>, headers?: Record<string, string>): Promise<Json> {
    const answer = await send(`${name}/`, { filters: WHOLE, ...body }, headers);
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  return {
    baseUrl: emulator.baseUrl,
    send,
    ask,
    async chart(chartId, body, headers) {
      const { data } = await ask('analytics', { chart_id: chartId, ...body }, headers);
      return (data.common ?? data.revenue).data[0];
    },
    close: () => emulator.close(),
  };
}

/** The calendar day of an instant in UTC, or at an offset from it. */
export function dayOf(ms: number, offsetHours = 0): string {
  return new Date(ms + offsetHours * 3_600_000).toISOString().slice(0, 10);
}

/** Every day of a range. */
export function daysOf([from = '', to = '']: readonly string[]): string[] {
  const days = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) days.push(dayOf(ms));
  return days;
}

/** Payments of a subscription, in order. */
export function paymentsOf({ steps }: Subscription): SubscriptionStep[] {
  return steps.filter(({ kind }) => ['TRIAL_CONVERTED', 'PURCHASED', 'RENEWED'].includes(kind));
}

/** Whether something of a kind happened to a subscription. */
export function has({ steps }: Subscription, kind: string): boolean {
  return steps.some((step) => step.kind === kind);
}

/** Subscriptions, without the one-time purchases. */
export const renewing = world.subscriptions.filter(({ product }) => product.duration !== 'lifetime');

/** The country somebody lives in. */
export function countryOf(user: number): string {
  return world.contexts[world.users[user]!.context]!.place.country;
}

/** Adds numbers up. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** How many different values there are. */
export function unique(values: readonly unknown[]): number {
  return new Set(values).size;
}

/** What is left of a payment in cents after the store's commission, and after tax too. */
export const SHARES = { revenue: 1, proceeds: 0.85, net_revenue: 0.7 } as const;
