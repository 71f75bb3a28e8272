import { pino } from 'pino';
import { isMendable, readSettings, startServer, type RunningServer } from './server.ts';

try {
  const settings = readSettings();
  const log = pino({ level: settings.logLevel });
  const server = await startServer(settings, { log });
  // The log is for machines; a person at a terminal is told where to go.
  if (process.stdout.isTTY) process.stdout.write(welcome(server));
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

function welcome({ url, dataSourceKeys, sandbox }: RunningServer): string {
  const what = sandbox ? 'made-up data: write tributary.config.yaml to ask your own' : 'your data sources';
  return `\n  Tributary is at ${url}\n  Answering with ${what} (${dataSourceKeys.join(', ')})\n\n`;
}
