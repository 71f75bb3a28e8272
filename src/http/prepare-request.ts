import type { HttpRequest } from '../analytics/http-client.ts';
import { ACCEPTED_ENCODINGS, type PreparedRequest } from './exchange.ts';

/** What all requests of a client have in common. */
export interface RequestDefaults {
  readonly baseUrl: string;
  /** Sent with every request, whatever the request says itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Given what a provider asks for, return it with everything decided but credentials that change. */
export function prepareRequest(request: HttpRequest, defaults: RequestDefaults): PreparedRequest {
  const { method = 'GET', path, query, headers, isReadOnly = false } = request;
  const url = new URL(defaults.baseUrl);
  // Set as a part, so that no path can lead the credentials to another host.
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  if (query) url.search = query.toString();
  const { contentType, body } = toBody(request);
  const entries = Object.entries({
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': 'tributary',
    ...(contentType !== null && { 'content-type': contentType }),
    ...lowerCased(headers),
    ...lowerCased(defaults.headers),
  });
  return {
    method,
    url,
    headers: Object.fromEntries(entries),
    body,
    isRepeatable: method === 'GET' || isReadOnly,
  };
}

/** Given headers, return them with their names in lower case, as the later of two must take the earlier one's place. */
export function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function toBody({ json, form }: HttpRequest): { readonly contentType: string | null; readonly body: string | null } {
  if (json !== undefined && form) throw new TypeError('A request is sent as JSON or as a form, not as both.');
  if (form) return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
  if (json !== undefined) return { contentType: 'application/json', body: JSON.stringify(json) };
  return { contentType: null, body: null };
}
