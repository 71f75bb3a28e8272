import type { UpstreamExport } from '../../analytics/exports.ts';
import { ProviderResponseError } from '../../errors.ts';
import type { InstalConfig } from './config.ts';
import type { InstalStatusResponse } from './responses.ts';

// Only PENDING and SUCCESS are documented. Both, and the words around them, are those of Celery, which has these for tasks that will not end
// well (https://docs.celeryq.dev/en/stable/reference/celery.states.html, checked 2026-11). Any other state is a task that still runs.
const FAILED_STATES: ReadonlySet<string> = new Set(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED']);
const MINUTE_MS = 60_000;
const MAX_REASON_LENGTH = 200;

/** Given what Instal says of an export and how long ago it was asked for, return where it stands. */
export function toUpstreamExport(
  { state, result }: InstalStatusResponse,
  ageMs: number,
  config: Pick<InstalConfig, 'baseUrl' | 'deadlineMinutes' | 'token'>,
): UpstreamExport {
  if (state === 'SUCCESS') {
    return { state: 'READY', files: [{ url: toLink(result, config.baseUrl), expiresAt: null, rowCount: null }] };
  }
  if (FAILED_STATES.has(state)) {
    const message = `Instal gave the export up (${state})${toReason(result, config.token)}.`;
    return { state: 'FAILED', message, isRepeatable: true };
  }
  // A task that was lost or has expired is pending for ever.
  if (ageMs < config.deadlineMinutes * MINUTE_MS) return { state: 'RUNNING', progress: null };
  const message = `The export was not ready within ${config.deadlineMinutes} minutes, or has expired at Instal.`;
  return { state: 'FAILED', message, isRepeatable: true };
}

/** A link may lack its host. One word is none, however well it could be taken for a path. */
function toLink(result: unknown, baseUrl: string): string {
  const url = typeof result === 'string' && /^\S*\/\S*$/.test(result) ? URL.parse(result, baseUrl) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new ProviderResponseError(
    'Instal answered with a body that is not what it documents: result: expected a link, as the state is SUCCESS.',
  );
}

/** What the task says of its failure, in one line; nothing that could be a link or hold the token. */
function toReason(result: unknown, token: string): string {
  if (typeof result !== 'string' || result.includes('://') || result.includes(token)) return '';
  const line = result
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  if (line === '') return '';
  return `: ${line.length <= MAX_REASON_LENGTH ? line : `${line.slice(0, MAX_REASON_LENGTH - 1)}…`}`;
}
