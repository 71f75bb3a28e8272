import { claimDataFolder } from '../../src/store/data-folder.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createQueue } from '../../src/store/queue.ts';

// A process that is killed from outside, while it is at a job that never ends.
const [url = '', folder = ''] = process.argv.slice(2);
if (url === '') claimDataFolder(folder);
const silent = () => undefined;
const log = { info: silent, warn: silent, error: silent };
const database = await openDatabase({ url: url === '' ? null : url, folder, log });
const queue = await createQueue(database, { log });
await queue.work('exports', { concurrency: 1 }, async (id) => {
  process.stdout.write(`${id}\n`);
  await new Promise(() => undefined);
});
await queue.send('exports', 'left behind');
