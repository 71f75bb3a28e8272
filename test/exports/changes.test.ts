import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createChanges } from '../../src/exports/changes.ts';
import { ManualClock } from '../support/manual-clock.ts';

function watchAll() {
  const clock = new ManualClock();
  const { changed, changes } = createChanges(clock);
  const leaving = new AbortController();
  const looks = changes('one', leaving.signal)[Symbol.asyncIterator]();
  return { clock, changed, leaving, looks };
}

describe('changes', () => {
  it('let look at once', async () => {
    const { looks, leaving } = watchAll();
    expect((await looks.next()).done).toBe(false);
    leaving.abort();
    expect((await looks.next()).done).toBe(true);
  });

  it('let look after a change of the task, not of others', async () => {
    const { looks, changed } = watchAll();
    await looks.next();
    let hasLooked = false;
    const next = looks.next().then(() => (hasLooked = true));
    changed('another');
    await setImmediate();
    expect(hasLooked).toBe(false);
    changed('one');
    await next;
    await looks.return?.();
  });

  it('miss none that comes while one looks', async () => {
    const { looks, changed } = watchAll();
    await looks.next();
    // The watcher is still looking at what the first look found.
    changed('one');
    expect((await looks.next()).done).toBe(false);
    await looks.return?.();
  });

  it('let look now and then', async () => {
    const { looks, clock } = watchAll();
    await looks.next();
    const next = looks.next();
    await clock.advance(1_000);
    expect((await next).done).toBe(false);
    await looks.return?.();
    expect(clock.sleeping).toBe(0);
  });

  it('show nothing to those who have left', async () => {
    const { looks, leaving, clock } = watchAll();
    leaving.abort();
    expect((await looks.next()).done).toBe(true);
    expect(clock.sleeping).toBe(0);
  });
});
