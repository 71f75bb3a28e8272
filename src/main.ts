import { pino } from 'pino';
import { ConfigurationError } from './config/configuration-error.ts';
import { UnsafeBindError } from './access/bind-policy.ts';
import { readSettings, startServer } from './server.ts';

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
  // What the person who starts it can mend is told without a stack.
  const isMendable = error instanceof ConfigurationError || error instanceof UnsafeBindError;
  process.stderr.write(`${isMendable ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
