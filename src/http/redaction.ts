/** Given any text on its way to a log or an error message, return it without the secrets. */
export type Redact = (text: string) => string;

const REDACTED = '[redacted]';

// A secret shorter than this is only replaced as a whole word: a quota key "1" must not eat every digit.
const SHORTEST_DISTINCT_SECRET = 6;

/** Given everything secret that a client knows, return what removes it from a text, in plain, URL-encoded and base64 form. */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.flatMap(toParts).flatMap(toForms));
  const patterns = [...forms]
    .filter((form) => form.trim() !== '')
    // The longest first, or a part would be cut out of its whole and leave the rest standing.
    .toSorted((a, b) => b.length - a.length)
    .map(toPattern);
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join('|'), 'gi');
  return (text) => text.replace(pattern, REDACTED);
}

/** Given a failure from outside the house, return it with no secret in its message, stack, or the same of its causes. */
export function redactError(error: unknown, redact: Redact): unknown {
  if (typeof error === 'string') return redact(error);
  if (!(error instanceof Error)) return error;
  const cause = redactError(error.cause, redact);
  const message = redact(error.message);
  const stack = redact(error.stack ?? '');
  // undici's parser attaches the bytes that it could not read, which may be our own request, sent back.
  const hasExcerpt = 'data' in error;
  if (!hasExcerpt && cause === error.cause && message === error.message && stack === (error.stack ?? '')) return error;
  const redacted = new Error(message, { cause });
  redacted.name = error.name;
  redacted.stack = stack;
  return redacted;
}

/** `Bearer x` is also secret as `x`, and what `Basic x` encodes as a whole and in its halves. */
function toParts(secret: string): string[] {
  const [, scheme, value] = /^(\S+)\s+(.+)$/.exec(secret) ?? [];
  if (scheme === undefined || value === undefined) return [secret];
  if (scheme.toLowerCase() !== 'basic') return [secret, value];
  const decoded = Buffer.from(value, 'base64').toString();
  return [secret, value, decoded, ...decoded.split(/:(.*)/s)];
}

function toForms(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const base64 = Buffer.from(secret).toString('base64');
  const unpadded = base64.replace(/=+$/, '');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    base64,
    encodeURIComponent(base64),
    unpadded,
    Buffer.from(secret).toString('base64url'),
  ];
}

function toPattern(form: string): string {
  const literal = RegExp.escape(form);
  return form.length < SHORTEST_DISTINCT_SECRET ? `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])` : literal;
}
