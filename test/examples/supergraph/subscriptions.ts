import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Answer } from '../../server/running-server.ts';
import type { Gateway, Question } from './gateways.ts';

/** Subscribe over server-sent events and return all that is told until the end. */
export async function askOverServerSentEvents<Data>(
  { url }: Gateway,
  { query, variables, authorization }: Question,
): Promise<Answer<Data>[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  // A line of data without an answer is the event that says it is over.
  return [...text.matchAll(/^data: (\{.+)$/gm)].map(([, answer = '']) => JSON.parse(answer) as Answer<Data>);
}

/** Subscribe over a WebSocket, with the key in the connection's parameters, and return all that is told until the end. */
export async function askOverWebSocket<Data>(
  { url }: Gateway,
  { query, variables = {}, authorization }: Question,
): Promise<Answer<Data>[]> {
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    ...(authorization !== undefined && { connectionParams: { authorization } }),
  });
  try {
    const told = client.iterate<Data>({ query, variables: { ...variables } });
    const answers: Answer<Data>[] = [];
    for await (const answer of told) answers.push(answer as Answer<Data>);
    return answers;
  } finally {
    await client.dispose();
  }
}
