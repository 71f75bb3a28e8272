import { expect } from 'vitest';
import type { AnsweredError, ServerUnderTest } from './running-server.ts';

const GOOD = { key: 'sandbox-openpanel', catalog: { metrics: [{ key: 'unique_users' }] } };
const GOOD_FIELD =
  'good: dataSource(key: "sandbox-openpanel") { key catalog { metrics(search: "unique_users") { key } } }';

const OPERATIONS = {
  metrics: `query ($query: MetricsQuery!) { bad: metrics(query: $query) { csv } ${GOOD_FIELD} }`,
  funnel: `query ($query: FunnelQuery!) { bad: funnel(query: $query) { csv } ${GOOD_FIELD} }`,
  conversion: `query ($query: ConversionQuery!) { bad: conversion(query: $query) { csv } ${GOOD_FIELD} }`,
  retention: `query ($query: RetentionQuery!) { bad: retention(query: $query) { csv } ${GOOD_FIELD} }`,
  cohortAnalysis: `query ($query: CohortAnalysisQuery!) { bad: cohortAnalysis(query: $query) { csv } ${GOOD_FIELD} }`,
  lifetimeValue: `query ($query: LifetimeValueQuery!) { bad: lifetimeValue(query: $query) { csv } ${GOOD_FIELD} }`,
  events: `query ($query: EventsQuery!, $first: Int! = 50, $after: String) {
    bad: events(query: $query, first: $first, after: $after) { csv } ${GOOD_FIELD}
  }`,
} as const;

/** What is expected of a refusal: its code, and what its message must hold. */
export interface Refusal {
  readonly code: string;
  readonly says: string;
}

/** Ask a question that must be refused on its own field, while another field of the operation is answered. */
export async function expectRefused(
  server: ServerUnderTest,
  asked: { readonly field: keyof typeof OPERATIONS; readonly variables: object },
  { code, says }: Refusal,
): Promise<AnsweredError> {
  const { data, errors = [] } = await server.ask(OPERATIONS[asked.field], asked.variables);
  expect(data).toEqual({ bad: null, good: GOOD });
  expect(errors).toHaveLength(1);
  const [error] = errors;
  if (!error) throw new Error('There is no error');
  expect(error.path).toEqual(['bad']);
  expect(error.message).toContain(says);
  expect(error.extensions.code).toBe(code);
  expect(error.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  return error;
}

/** The lines of the log that say that something unforeseen happened. */
export function unexpectedFailures({ logged }: ServerUnderTest): string[] {
  return logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
}
