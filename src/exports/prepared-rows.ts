import { createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from '../analytics/data-source.ts';
import type { Clock } from '../analytics/deadline.ts';
import type { RowsLayout, RowsQuery, UpstreamFile } from '../analytics/exports.ts';
import type { FilePosition } from '../analytics/http-client.ts';
import { requireCapability } from '../analytics/provider.ts';
import { ProviderUnavailableError } from '../errors.ts';
import type { ExportSource, PartToFetch, Window } from './export-source.ts';
import { forgetPart, settlePart, toPartialPath, toValidatorPath } from './part-file.ts';
import { cutWindow, toPeriod } from './windows.ts';

/** How rows are prepared. */
interface Preparation {
  readonly clock: Clock;
  /** What is made of the columns of the files; what the provider says of them where left out. */
  readonly columns?: RowsLayout['columns'];
}

/** Given a question for rows that the provider prepares in the background, return where they come from. */
export function createPreparedRows(
  query: RowsQuery,
  dataSource: DataSource,
  { clock, columns }: Preparation,
): ExportSource {
  const exports = requireCapability(dataSource, 'exports');
  const { timezone, start, end } = query.period;
  const ofWindow = (window: Window | null): RowsQuery =>
    window === null ? query : { ...query, period: toPeriod(window, timezone, clock.now()) };
  const own = exports.layoutOf(query);
  const layout = columns ? { ...own, columns } : own;
  return {
    layout,
    window: { from: start.epochMilliseconds, to: end.epochMilliseconds },
    start: (window, deadline) => exports.start(ofWindow(window), deadline),
    check: (upstreamId, since, deadline) => exports.check(upstreamId ?? '', since, deadline),
    cancel: async (upstreamId, deadline) => (await exports.cancel?.(upstreamId, deadline)) ?? false,
    cutOf: (window) => cutWindow(window, timezone, exports.shortestWindowMs),
    async fetch(part, deadline) {
      const file = JSON.parse(part.upstream) as UpstreamFile;
      await fetchFile(part, (from) => exports.download(file, from, deadline));
      const stored = await settlePart(part.path, { layout, completeness: 'COMPLETE' });
      await forgetPart(part.path);
      return { ...stored, rowCount: file.rowCount, layout, completeness: 'COMPLETE', next: null };
    },
  };
}

type Download = (
  from: FilePosition,
) => ReturnType<NonNullable<ReturnType<typeof requireCapability<'exports'>>>['download']>;

/** Fetch a file into its partial path, going on where an earlier try has stopped if it still is the same file. */
async function fetchFile({ path, onProgress }: PartToFetch, download: Download): Promise<void> {
  const partial = toPartialPath(path);
  const { body, offset, size, validator } = await download(await readPosition(path));
  // What is there already, of another state of the file, goes before the new state is named: it is never taken for a part of it.
  if (offset === 0) await rm(partial, { force: true });
  await writeFile(toValidatorPath(path), JSON.stringify(validator), { flush: true });
  let bytes = offset;
  const target = createWriteStream(partial, offset > 0 ? { flags: 'r+', start: offset } : { flags: 'w' });
  await pipeline(
    body,
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        onProgress(bytes, size);
        yield chunk;
      }
    },
    target,
  );
  if (size !== null && bytes !== size) {
    throw new ProviderUnavailableError(`A file of the export ended after ${bytes} of ${size} bytes.`);
  }
}

async function readPosition(path: string): Promise<FilePosition> {
  try {
    const validator = JSON.parse(await readFile(toValidatorPath(path), 'utf8')) as string | null;
    const { size } = await stat(toPartialPath(path));
    return validator === null ? { offset: 0, validator: null } : { offset: size, validator };
  } catch {
    // Nothing of it was fetched yet.
    return { offset: 0, validator: null };
  }
}
