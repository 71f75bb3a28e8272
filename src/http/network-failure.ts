const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'its host name was not found',
  EAI_AGAIN: 'its host name could not be looked up',
  ETIMEDOUT: 'the connection could not be opened in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be opened in time',
  EHOSTUNREACH: 'its host is not reachable',
  ENETUNREACH: 'its network is not reachable',
};

/** Given why a request got no answer, return it in words that hold nothing but the kind of failure. */
export function describeNetworkFailure(error: unknown): string {
  if (isTimeout(error)) return 'no answer came in time';
  // undici's parser gives some of its errors no code.
  if (error instanceof Error && error.name === 'HTTPParserError') return 'what it sent is not HTTP';
  const code = toCode(error);
  if (code === undefined) return 'the connection failed';
  const isTls = /^(ERR_(TLS|SSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code);
  if (isTls) return `the TLS connection failed (${code})`;
  return WORDS[code] ?? `the connection failed (${code})`;
}

/** Whether a signal's reason, or what was thrown because of it, says that time ran out. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

function toCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return toCode(inner);
}
