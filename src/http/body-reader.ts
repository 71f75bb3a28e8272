import type { HttpClientOptions } from '../analytics/http-client.ts';
import type { ProviderAnswer } from './exchange.ts';
import { parseJsonBody, toText } from './json-body.ts';
import type { ProviderFailures } from './provider-failures.ts';

/** What reading a body needs. */
export interface BodyReading {
  readonly failures: ProviderFailures;
  readonly failureIn?: HttpClientOptions['failureIn'];
  readonly maxBodyBytes: number;
}

/** Makes something of the body of a 2xx answer; throws what is wrong with it. */
export interface BodyReader<T> {
  readonly kind: string;
  from(answer: ProviderAnswer, reading: BodyReading): T;
}

/** Reads JSON that hides no failure. */
export const JSON_BODY: BodyReader<unknown> = {
  kind: 'json',
  from: (answer, reading) => {
    assertWhole(answer, reading);
    const json = parseJsonBody(answer);
    if ('problem' in json) throw reading.failures.invalid(json.problem);
    const failure = hiddenFailure(json.value, reading.failureIn);
    if (failure !== undefined) throw reading.failures.rejected(failure);
    return json.value;
  },
};

/** Reads text that is no page. */
export const TEXT_BODY: BodyReader<string> = {
  kind: 'text',
  from: (answer, reading) => {
    assertWhole(answer, reading);
    const text = toText(answer);
    // A page to sign in on is a text too, and not the one that was asked for.
    if (text.trimStart().startsWith('<')) throw reading.failures.invalid('markup instead of text');
    return text;
  },
};

function assertWhole({ bodyState }: ProviderAnswer, { failures, maxBodyBytes }: BodyReading): void {
  if (bodyState === 'too-large') throw failures.invalid(`more than ${toSize(maxBodyBytes)}, the most that is read`);
  if (bodyState === 'undecodable') throw failures.invalid('a compressed body that cannot be decompressed');
}

/** Given a parsed body, return the failure hidden in it, if any. */
export function hiddenFailure(body: unknown, failureIn: HttpClientOptions['failureIn']): string | undefined {
  try {
    return failureIn?.(body);
  } catch {
    // A body that `failureIn` did not foresee is for the schema to judge.
    return undefined;
  }
}

function toSize(bytes: number): string {
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${bytes} bytes`;
}
