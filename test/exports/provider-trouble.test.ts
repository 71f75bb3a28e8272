import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ProviderAuthError,
  ProviderRateLimitedError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from '../../src/errors.ts';
import { cutIntoFiles, fileOf, rowsOf, serve, serveStart, type Asked } from './fake-exports.ts';
import { openExports, PATIENCE_MS, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());
beforeEach(() => exports.provider.behave());

const HOUR_MS = 3_600_000;
const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));

async function runToText(): Promise<string> {
  const task = await exports.run();
  if (task.state !== 'SUCCEEDED') throw new Error(JSON.stringify(task.failure));
  return (await exports.read(task)).bytes.toString();
}

describe('a window that is too large', () => {
  const onlyShort =
    (longestMs: number) =>
    ({ from, to }: Asked, ready: () => ReturnType<typeof tooLarge>) =>
      to - from > longestMs ? tooLarge() : ready();
  const tooLarge = () => ({ state: 'TOO_LARGE', message: 'Too many rows.' }) as never;

  it('is cut until each piece fits, rows in order', async () => {
    exports.provider.behave({ check: onlyShort(5 * HOUR_MS) });
    expect(await runToText()).toBe(fileOf(DAY));
    // A day, halves of it, quarters, then eighths, which are short enough.
    const lengths = exports.provider.asked.map(({ from, to }) => (to - from) / HOUR_MS);
    expect([...new Set(lengths)]).toEqual([24, 12, 6, 3]);
    expect(lengths.filter((hours) => hours === 3)).toHaveLength(8);
  });

  it('is cut between days while there are several', async () => {
    const period = { dates: { from: '2026-01-01', to: '2026-01-05' } };
    exports.provider.behave({ check: onlyShort(24 * HOUR_MS) });
    const task = await exports.run({ source: rowsRequest({}, { period }).source });
    expect((await exports.read(task)).bytes.toString()).toBe(
      fileOf(rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 6))),
    );
    expect(exports.provider.asked.every(({ from }) => from % (24 * HOUR_MS) === 0)).toBe(true);
  });

  it('fails where it cannot be cut any further', async () => {
    exports.provider.behave({ check: tooLarge });
    expect(await exports.run()).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'PROVIDER_REJECTED',
        message: 'Too many rows. The window cannot be made shorter.',
        isRetryable: false,
      },
    });
  });
});

describe('an export that the provider gives up', () => {
  it('is asked for anew', async () => {
    exports.provider.behave({
      check: ({ id }, ready) =>
        id.endsWith('-4') ? ready() : { state: 'FAILED', message: 'Broken.', isRepeatable: true },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.asked).toHaveLength(4);
  });

  it('is asked for anew three times at most', async () => {
    exports.provider.behave({ check: () => ({ state: 'FAILED', message: 'Broken.', isRepeatable: true }) });
    expect(await exports.run()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_UNAVAILABLE', message: 'Broken.', isRetryable: true },
    });
    expect(exports.provider.asked).toHaveLength(4);
  });

  it('is not asked for anew where that is of no use', async () => {
    exports.provider.behave({ check: () => ({ state: 'FAILED', message: 'No such app.', isRepeatable: false }) });
    expect(await exports.run()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_REJECTED', message: 'No such app.', isRetryable: false },
    });
    expect(exports.provider.asked).toHaveLength(1);
  });
});

describe('a failure that may pass', () => {
  it('is waited for where the queue is full', async () => {
    const startedAt = exports.clock.now();
    const tries: number[] = [];
    exports.provider.behave({
      onStart: () => {
        tries.push(exports.clock.now());
        if (tries.length < 3) throw new ProviderRateLimitedError('The queue is full.', { retryAfterMs: 20_000 });
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(tries).toHaveLength(3);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? startedAt));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20_000);
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('is waited for while the export is prepared', async () => {
    let failures = 0;
    exports.provider.behave({
      check: (_asked, ready) => {
        if (++failures < 4) throw new ProviderUnavailableError('Later.');
        return ready();
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('is final when patience ends', async () => {
    const from = exports.clock.now();
    exports.provider.behave({
      check: () => {
        throw new ProviderUnavailableError('Down.');
      },
    });
    const task = await exports.run();
    expect(task).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_UNAVAILABLE', message: 'Down.', isRetryable: true },
    });
    // The last wait would have ended behind it, and is at most half as long as all the time.
    expect((task.finishedAt ?? 0) - from).toBeGreaterThan(PATIENCE_MS / 4);
  });

  it('is not waited for where nothing changes by waiting', async () => {
    exports.provider.behave({
      onStart: () => {
        throw new ProviderAuthError('The key is not known.');
      },
    });
    expect(await exports.run()).toMatchObject({ state: 'FAILED', failure: { code: 'PROVIDER_AUTH_FAILED' } });
  });

  it('keeps to itself what nobody foresaw', async () => {
    exports.provider.behave({
      onStart: () => {
        throw new Error('secret words');
      },
    });
    expect(await exports.run()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'INTERNAL_SERVER_ERROR', message: 'Something unexpected went wrong.' },
    });
    expect(exports.log.lines.at(-1)).toContain('unexpected failure');
  });
});

describe('fetching', () => {
  it('asks for a new export where a link has ended', async () => {
    exports.provider.behave({
      filesOf: ({ from, to }) => cutIntoFiles(rowsOf(from, to), 3),
      download: (content, position) => {
        const { length } = exports.provider.downloads;
        if (length === 2 || !content) throw new ProviderRejectedError('The link has ended.');
        return serve(content, position);
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.asked).toHaveLength(2);
    const names = exports.provider.downloads.map(({ name }) => name.replace(/^\d+-/, ''));
    expect(names).toEqual(['1/0', '1/1', '2/0', '2/1', '2/2']);
  });

  it('goes on where a part has stopped', async () => {
    exports.provider.behave({
      filesOf: () => cutIntoFiles(DAY, 2),
      download: (content = Buffer.alloc(0), position) =>
        exports.provider.downloads.length % 2 === 1 ? serveStart(content, position, 1_000) : serve(content, position),
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.downloads.map(({ offset }) => offset)).toEqual([0, 1_000, 0, 1_000]);
  });

  it('begins anew where the file has changed meanwhile', async () => {
    const old = Buffer.from(fileOf(DAY).replaceAll('name', 'NAME'));
    exports.provider.behave({
      download: (content = Buffer.alloc(0), position) =>
        exports.provider.downloads.length === 1 ? serveStart(old, position, 2_000) : serve(content, position),
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.downloads.map(({ offset }) => offset)).toEqual([0, 2_000]);
  });

  it('begins anew where nothing names the state of the file', async () => {
    exports.provider.behave({
      download: (content = Buffer.alloc(0), position) => {
        const isFirst = exports.provider.downloads.length === 1;
        const served = isFirst ? serveStart(content, position, 500) : serve(content, position);
        return { ...served, validator: null };
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.downloads.map(({ offset }) => offset)).toEqual([0, 0]);
  });

  it('never goes on with bytes of another export', async () => {
    // Both exports have files whose state goes by the same name, and differ.
    const other = fileOf(DAY).replaceAll('name', 'NAME');
    exports.provider.behave({
      filesOf: ({ id }) => [id.endsWith('-1') ? other : fileOf(DAY)],
      download: (content = Buffer.alloc(0), { offset }) => {
        const { length } = exports.provider.downloads;
        if (length === 2) throw new ProviderRejectedError('The link has ended.');
        const from = { offset, validator: null };
        const { body } = length === 1 ? serveStart(content, from, 700) : serve(content.subarray(offset), from);
        return { body, offset, size: content.length, validator: '"1"' };
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.downloads.map(({ offset }) => offset)).toEqual([0, 700, 0]);
  });

  it('is not done where a file ends early without a word', async () => {
    exports.provider.behave({
      download: (content = Buffer.alloc(0), position) => {
        if (exports.provider.downloads.length > 1) return serve(content, position);
        return { ...serve(content.subarray(0, 900), position), size: content.length, validator: null };
      },
    });
    expect(await runToText()).toBe(fileOf(DAY));
    expect(exports.provider.downloads).toHaveLength(2);
  });

  it('leaves nothing of what has failed', async () => {
    exports.provider.behave({
      filesOf: () => cutIntoFiles(DAY, 2),
      download: (content, position) => {
        if (exports.provider.downloads.length === 2) throw new ProviderAuthError('No.');
        return serve(content ?? Buffer.alloc(0), position);
      },
    });
    const task = await exports.run();
    expect(task).toMatchObject({ state: 'FAILED', failure: { code: 'PROVIDER_AUTH_FAILED' } });
    const path = exports.backend.artefacts.partPath(task.id, { chunk: 0, position: 0 });
    await exports.until(async () => !existsSync(path));
  });
});
