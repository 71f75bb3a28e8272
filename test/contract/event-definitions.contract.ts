import { expect } from 'vitest';
import { z } from 'zod';
import type { EventDefinition } from '../../src/analytics/event-definitions.ts';
import { defineContract } from './contract.ts';

export const eventDefinitionsContract = defineContract({
  smallest: {},
  input: z.object({}),
  async fetch(_question, { reports, dataSource }): Promise<readonly EventDefinition[]> {
    const { items } = await reports.listings.eventDefinitions(dataSource, { first: 1000, after: null });
    return items.map(({ source: _source, ...definition }) => definition);
  },
  toPlain: (definitions) => ({ definitions }),
  assertSound: (definitions) => {
    const ids = definitions.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { nativeId, name, kind } of definitions) expect([nativeId, name, kind]).not.toContain('');
  },
});
