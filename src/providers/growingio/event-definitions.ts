import type { EventDefinition, EventDefinitionsCapability } from '../../analytics/event-definitions.ts';
import type { GrowingioClient } from './client.ts';
import { malformed } from './malformed.ts';
import { parseSeparatedText } from './separated-text.ts';

const HEADER = ['ruleId', 'eventName', 'eventType'];

/** Given a client, return the events that were defined in its project. */
export function createEventDefinitions(client: GrowingioClient): EventDefinitionsCapability {
  return {
    async listEventDefinitions(deadline) {
      const text = await client.fetchRules(deadline);
      const parsed = parseSeparatedText(text);
      if (parsed?.header.join() !== HEADER.join()) throw malformed('rules.csv', `expected the header ${HEADER.join()}`);
      const { rows, delimiter } = parsed;
      return rows.map((cells, index) => toDefinition(cells, delimiter, `rules.csv[${index}]`));
    },
  };
}

/** A name may hold the delimiter, and nobody says that it is quoted then: the id stands before the first, the type behind the last. */
function toDefinition(cells: readonly string[], delimiter: string, path: string): EventDefinition {
  const [id = '', ...rest] = cells;
  const kind = rest.at(-1)?.trim() ?? '';
  const name = rest.slice(0, -1).join(delimiter);
  if (id.trim() === '' || rest.length < 2) throw malformed(path, `expected ${HEADER.join()}`);
  return { nativeId: id.trim(), name, kind: kind === '' ? null : kind };
}
