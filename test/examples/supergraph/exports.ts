import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../../server/running-server.ts';
import type { Gateway } from './gateways.ts';
import { CALLERS } from './stack.ts';

interface AskedPayload {
  readonly exportTask: { readonly id: string; readonly state: string } | null;
  readonly userErrors: readonly unknown[];
}

/** Rows of a table of one data source, in the last 30 days. */
export function rowsOf(source: string, table: string): object {
  return { source: { rows: { source, table, period: { preset: 'LAST_30_DAYS' } } } };
}

/** Have an export made through a gateway, as Ann. */
export async function createExport(gateway: Gateway, input: object): Promise<AskedPayload> {
  const query = `mutation ($input: CreateExportInput!) { createExport(input: $input) {
    exportTask { id state source { key app { id } } } userErrors { code path } } }`;
  const { data, errors } = await gateway.ask<{ createExport: AskedPayload }>({
    query,
    variables: { input },
    authorization: CALLERS.ann,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.createExport;
}

/** Look at a task through a gateway, as Ann where nobody else is named. */
export function lookAt(
  gateway: Gateway,
  id: string,
  authorization: string = CALLERS.ann,
): Promise<Answer<{ exportTask: { readonly state: string } | null }>> {
  const query = 'query ($id: ID!) { exportTask(id: $id) { state files { rowCount } } }';
  return gateway.ask({ query, variables: { id }, authorization });
}

/** Look at a task until it has ended. */
export async function untilEnded(gateway: Gateway, id: string): Promise<unknown> {
  for (;;) {
    const { data } = await lookAt(gateway, id);
    if (data.exportTask?.state !== 'QUEUED' && data.exportTask?.state !== 'RUNNING') return data.exportTask;
    await delay(100);
  }
}
