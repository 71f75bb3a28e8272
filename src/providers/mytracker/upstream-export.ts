import type { UpstreamExport } from '../../analytics/exports.ts';
import type { MytrackerExportResponse, MytrackerGetResponse } from './responses.ts';

/** Given what MyTracker says of an export, return where it stands. */
// https://docs.tracker.my.com/api/export-api/raw/get (checked 2026-11)
export function toUpstreamExport(response: MytrackerGetResponse): UpstreamExport {
  if (response.code === 404) {
    return { state: 'FAILED', message: 'MyTracker no longer knows the export.', isRepeatable: true };
  }
  const { data } = response;
  switch (data.status) {
    case 'In progress':
      return { state: 'RUNNING', progress: toProgress(data.progress) };
    case 'Success!':
      return { state: 'READY', files: (data.files ?? []).map(toFile) };
    case 'Error occurred':
      return { state: 'FAILED', message: toMessage('gave up on', data.errorMessage), isRepeatable: true };
    case 'User error occurred':
      return toRefusal(data.errorMessage);
    case 'Canceled by user':
      return { state: 'FAILED', message: toMessage('was told to end', data.errorMessage), isRepeatable: false };
  }
}

/** Most characters of MyTracker's own words in a message. */
const MOST_WORDS = 300;

/** Nothing but these words tells an export that is too large from one that can never be made; older ones end otherwise. */
const TOO_LARGE = /^Too (many lines|much export data)/i;

function toRefusal(errorMessage: string | null | undefined): UpstreamExport {
  const message = toMessage('refused', errorMessage);
  return TOO_LARGE.test(errorMessage ?? '')
    ? { state: 'TOO_LARGE', message }
    : { state: 'FAILED', message, isRepeatable: false };
}

function toMessage(whatItDid: string, words: string | null | undefined): string {
  const line = (words ?? '').replace(/[\s\p{Cc}]+/gu, ' ').replace(/\.?\s*$/, '');
  const said = line.length <= MOST_WORDS ? line : `${line.slice(0, MOST_WORDS - 1)}…`;
  return `MyTracker ${whatItDid} the export${said === '' ? '' : `: ${said}`}.`;
}

type FileResponse = NonNullable<Extract<MytrackerExportResponse, { status: 'Success!' }>['files']>[number];

function toFile({ link, timestampExpires }: FileResponse) {
  return { url: link, expiresAt: toExpiry(timestampExpires), rowCount: null };
}

function toExpiry(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}

/** `64%` is 0.64. */
function toProgress(text: string | null | undefined): number | null {
  const [, percent] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text ?? '') ?? [];
  return percent === undefined ? null : Math.min(1, Number(percent) / 100);
}
