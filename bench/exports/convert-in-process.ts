import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess } from '../processes.ts';

const CONVERT = join(import.meta.dirname, 'convert-once.ts');

/** What one conversion took. */
export interface Cost {
  readonly work: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/** Convert what is staged in a folder in a process of its own, so that its memory is that of one conversion. */
export async function convertInProcess(folder: string, work: string): Promise<Cost> {
  const child = startProcess(CONVERT, { BENCH_FOLDER: folder, BENCH_WORK: work });
  const ended = once(child, 'exit');
  let cost: Omit<Cost, 'work'> | null = null;
  child.on('message', (message) => (cost = message as Omit<Cost, 'work'>));
  await ended;
  if (!cost) throw new Error(`${work} did not finish`);
  return { work, ...(cost as Omit<Cost, 'work'>) };
}
