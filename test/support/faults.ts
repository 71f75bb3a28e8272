import type { Exchange } from './fixture.ts';
import { send, toBodyText, type Fault } from './replay-server.ts';

type Json = Exchange['response']['body'];

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Refuses with a status and repeats what it was sent, credentials and all, as a careless gateway does. */
export const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}): Fault =>
  (response, _answer, asked) => {
    const message = `no: ${JSON.stringify(asked.headers)} ${JSON.stringify(asked.query)}`;
    send(response, { status, headers: { ...JSON_TYPE, ...headers }, body: { status, error: message, message } });
  };

/** A page for people, with the status of success. */
export const answerHtml: Fault = (response) =>
  send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' });

/** Half of the body, as if it were all. */
export const truncate: Fault = (response, answer) => {
  const whole = toBodyText(answer.body);
  send(response, { ...answer, body: whole.slice(0, whole.length / 2) });
};

/** Every number a text, every text a number, every list an object. */
export const confuseTypes: Fault = (response, answer) => send(response, { ...answer, body: confuse(answer.body) });

/** Never answers. */
export const hang: Fault = () => {
  // Saying nothing is the fault.
};

/** Sends half of the body and then nothing, and does not hang up. */
export const stall: Fault = (response, { status, headers, body }) => {
  const whole = toBodyText(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(whole) });
  response.write(whole.slice(0, whole.length / 2));
};

/** Drops the connection. */
export const reset: Fault = (response) => response.socket?.resetAndDestroy();

function confuse(value: Json): Json {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return 1;
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [index, confuse(item)]));
  if (value === null || typeof value === 'boolean') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, confuse(item)]));
}
