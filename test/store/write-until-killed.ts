import { claimDataFolder } from '../../src/store/data-folder.ts';
import { openDatabase } from '../../src/store/database.ts';

// A process that is killed from outside: it writes the next number, says so once the write is acknowledged, and goes on.
const [folder = ''] = process.argv.slice(2);
claimDataFolder(folder);
const silent = () => undefined;
const database = await openDatabase({ url: null, folder, log: { info: silent, warn: silent, error: silent } });
await database.query('create table if not exists numbers (number int primary key)');
const [last] = await database.query<{ number: number }>('select coalesce(max(number), 0) as number from numbers');
for (let number = (last?.number ?? 0) + 1; ; number += 1) {
  if (number % 2 === 0) await database.query('insert into numbers values ($1)', [number]);
  else await database.transaction((transaction) => transaction.query('insert into numbers values ($1)', [number]));
  process.stdout.write(`${number}\n`);
}
