import { Pool } from 'undici';
import { toQuestion, type Shape } from './questions.ts';

/** What the load process is told to do. */
export interface LoadOrder {
  readonly url: string;
  readonly shape: Shape;
}

// Callers that each send the next request when they have the answer to the last one.
const CALLERS = 16;

let serial = 0;

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (milliseconds) => process.send?.(milliseconds),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function run({ url, shape }: LoadOrder): Promise<number> {
  const pool = new Pool(url, { connections: CALLERS });
  let left = shape.requests;
  const call = async (): Promise<void> => {
    while (left-- > 0) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toQuestion(shape, `X${serial++}`)),
      });
      const answer = await body.text();
      if (statusCode !== 200 || answer.includes('"errors"')) throw new Error(`${statusCode} ${answer.slice(0, 500)}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, call));
  const milliseconds = performance.now() - start;
  await pool.close();
  return milliseconds;
}
