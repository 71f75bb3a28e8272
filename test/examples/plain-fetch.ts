/** Where to ask, and with which key. */
export interface Endpoint {
  readonly url: string;
  readonly apiKey: string;
}

/** What to ask. */
export interface Question {
  readonly query: string;
  readonly variables?: object;
}

/** Ask by POST. */
export function askByPost({ url, apiKey }: Endpoint, { query, variables = {} }: Question): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query, variables }),
  });
}

/** Ask by GET, which caches on the way understand. Mutations are refused. */
export function askByGet({ url, apiKey }: Endpoint, { query, variables = {} }: Question): Promise<Response> {
  const address = new URL(url);
  address.searchParams.set('query', query);
  address.searchParams.set('variables', JSON.stringify(variables));
  return fetch(address, {
    headers: {
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${apiKey}`,
      // Without a header that a page of another origin cannot set, a query by GET is refused.
      'apollo-require-preflight': 'true',
    },
  });
}
