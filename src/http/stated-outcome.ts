import type { HttpClientOptions } from '../analytics/http-client.ts';
import type { ProviderAnswer } from './exchange.ts';
import { parseJsonBody } from './json-body.ts';

/** Given an answer and what tells the outcome that a body states, return the answer with that outcome. */
export function withStatedOutcome(answer: ProviderAnswer, outcomeIn: HttpClientOptions['outcomeIn']): ProviderAnswer {
  if (!outcomeIn || answer.bodyState !== 'whole') return answer;
  const json = parseJsonBody(answer);
  if (!('value' in json)) return answer;
  const { status = answer.status, retryAfterMs } = outcomeIn(json.value) ?? {};
  return { ...answer, status, ...(retryAfterMs !== undefined && { statedWaitMs: retryAfterMs }) };
}
