/** A request that a client sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The JSON of its body; null where it has none. */
  readonly body: { readonly query?: string; readonly operationName?: string } | null;
}

/** The real `fetch`, and what was sent through it. */
export interface RecordedFetch {
  readonly fetch: typeof fetch;
  readonly sent: SentRequest[];
}

/** Return a `fetch` that writes down what it sends. */
export function createRecordedFetch(): RecordedFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    fetch(input, init) {
      const { method, headers, url } = new Request(input, init);
      const body = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      sent.push({ method, headers, body, url: new URL(url) });
      return fetch(input, init);
    },
  };
}
