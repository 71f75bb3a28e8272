import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Deadline } from '../analytics/deadline.ts';
import type { RowsLayout, UpstreamFile } from '../analytics/exports.ts';
import type { NativeFiles } from '../analytics/native-files.ts';
import { parseInput } from '../analytics/parse-input.ts';
import { requireNativeFiles } from '../analytics/provider.ts';
import { ProviderRejectedError, ProviderUnavailableError } from '../errors.ts';
import type { NativeListings } from '../reports/native-listings.ts';
import type { ExportSource, FetchedPart, PartToFetch } from './export-source.ts';
import { settlePart, toPartialPath } from './part-file.ts';
import { REPORT_CAPABILITIES, REPORT_INPUTS, type ReportName } from './request.ts';
import type { KeptQuestion, SourceTools } from './source-of.ts';
import type { ExportTask } from './task.ts';

type Listed = ReturnType<NativeListings['members']>;

/** How the files of each report are asked for. One missing here does not compile. */
const LISTINGS: Readonly<Record<ReportName, (listings: NativeListings, query: unknown) => Listed>> = {
  metrics: (listings, query) => listings.metrics(parseInput(REPORT_INPUTS.metrics, query, 'query')),
  funnel: (listings, query) => listings.funnel(parseInput(REPORT_INPUTS.funnel, query, 'query')),
  conversion: (listings, query) => listings.conversion(parseInput(REPORT_INPUTS.conversion, query, 'query')),
  retention: (listings, query) => listings.retention(parseInput(REPORT_INPUTS.retention, query, 'query')),
  cohortAnalysis: (listings, query) =>
    listings.cohortAnalysis(parseInput(REPORT_INPUTS.cohortAnalysis, query, 'query')),
  lifetimeValue: (listings, query) => listings.lifetimeValue(parseInput(REPORT_INPUTS.lifetimeValue, query, 'query')),
};

/** Given a report that is wanted as files of its provider's own, return their names; null while they are prepared. */
export function listNative(
  { report, query }: { readonly report: ReportName; readonly query: Readonly<Record<string, unknown>> },
  listings: NativeListings,
): Listed {
  return LISTINGS[report](listings, query);
}

/** Given the question of a task that wants the provider's own files, return where they come from. */
export function createNativeSource(
  question: Extract<KeptQuestion, { kind: 'REPORT' | 'COHORT_MEMBERS' }>,
  task: Pick<ExportTask, 'source'>,
  { dataSources, createReports }: Pick<SourceTools, 'dataSources' | 'createReports'>,
): ExportSource {
  const dataSource = dataSources.require(task.source ?? '', 'input.source');
  const listingsOf = (deadline: Deadline) => createReports(deadline).nativeListings;
  if (question.kind === 'COHORT_MEMBERS') {
    const list = (deadline: Deadline) => listingsOf(deadline).members(dataSource, question.cohort);
    return toSource(list, requireNativeFiles(dataSource, 'cohorts'));
  }
  const list = (deadline: Deadline) => listNative(question, listingsOf(deadline));
  return toSource(list, requireNativeFiles(dataSource, REPORT_CAPABILITIES[question.report]));
}

/** What handles a provider's files once they are listed. */
type FileReader = Pick<NativeFiles<never>, 'download' | 'maxRows'>;

function toSource(list: (deadline: Deadline) => Listed, files: FileReader): ExportSource {
  // Whoever is refused looks again: a link may have a successor. What is offered again is refused for good.
  const refused = new Map<string, string>();
  return {
    window: null,
    layout: null,
    start: () => Promise.resolve(null),
    check: async (_upstreamId, _since, deadline) => {
      const names = await list(deadline);
      if (names === null) return { state: 'RUNNING', progress: null };
      const message = names.map((name) => refused.get(name)).find((one) => one !== undefined);
      if (message !== undefined) return { state: 'FAILED', message, isRepeatable: false };
      return { state: 'READY', files: names.map((url) => ({ url, expiresAt: null, rowCount: null })) };
    },
    cancel: () => Promise.resolve(true),
    cutOf: () => null,
    async fetch(part, deadline) {
      const name = nameOf(part);
      try {
        return await fetchFile(name, part, { files, deadline });
      } catch (error) {
        if (error instanceof ProviderRejectedError) refused.set(name, error.message);
        throw error;
      }
    },
  };
}

/** Nobody looks into the provider's own files. */
const UNREAD: RowsLayout = {
  dialect: { delimiter: ',', header: null, columns: [], nullTexts: [] },
  columns: [],
};

function nameOf({ upstream }: PartToFetch): string {
  // Written by ourselves, of what the list has named.
  return (JSON.parse(upstream) as UpstreamFile).url;
}

async function fetchFile(
  name: string,
  { path, onProgress }: PartToFetch,
  { files, deadline }: { files: FileReader; deadline: Deadline },
): Promise<FetchedPart> {
  const { body, size } = await files.download(name, deadline);
  const lines = createLineCount();
  let bytes = 0;
  await pipeline(
    body,
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        lines.add(chunk);
        onProgress(bytes, size);
        yield chunk;
      }
    },
    createWriteStream(toPartialPath(path)),
  );
  if (size !== null && bytes !== size) {
    throw new ProviderUnavailableError(`A file of the export ended after ${bytes} of ${size} bytes.`);
  }
  const completeness = files.maxRows !== null && lines.count() > files.maxRows ? 'TRUNCATED' : 'COMPLETE';
  const stored = await settlePart(path, { layout: UNREAD, completeness });
  return { ...stored, rowCount: null, layout: UNREAD, completeness, next: null };
}

const LINE_FEED = 0x0a;

/** Counts lines, the header among them. */
function createLineCount() {
  let feeds = 0;
  let last = LINE_FEED;
  return {
    add(chunk: Buffer): void {
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) feeds += 1;
      last = chunk.at(-1) ?? last;
    },
    count: (): number => (last === LINE_FEED ? feeds : feeds + 1),
  };
}
