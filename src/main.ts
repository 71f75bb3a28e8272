import { pino } from 'pino';
import { isMendable, readSettings, startServer } from './server.ts';

try {
  const settings = readSettings();
  const log = pino({ level: settings.logLevel });
  const server = await startServer(settings, { log });
  log.info({ dataSources: server.dataSourceKeys }, `Tributary is at ${server.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  const text =
    error instanceof Error ? (isMendable(error) ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  // What has started by now, such as the sandbox, would keep the process alive.
  process.exit(1);
}
