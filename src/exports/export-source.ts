import type { RowsLayout, UpstreamExport } from '../analytics/exports.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { Completeness } from '../analytics/freshness.ts';

/** A stretch of time, in milliseconds since the epoch, half-open. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Where the rows of a task come from. What it needs to go on after a restart is in the task's request, its chunks and their parts. */
export interface ExportSource {
  /** The window that is asked for; null where the question has none, and is then one chunk. */
  readonly window: Window | null;
  /** What its rows are like, where that is known before they are there; null where only the rows tell. */
  readonly layout: RowsLayout | null;
  /** Ask for one window; resolves with the provider's id, or null where nothing need be prepared. */
  start(window: Window | null, deadline: Deadline): Promise<string | null>;
  check(upstreamId: string | null, since: number, deadline: Deadline): Promise<UpstreamExport>;
  /** Ask for an end of it; resolves with whether it ended. */
  cancel(upstreamId: string, deadline: Deadline): Promise<boolean>;
  /** Where a window that is too large is cut; null where it cannot be. */
  cutOf(window: Window): number | null;
  /** Write one part into a file of its own. A file that was begun is gone on with where that can be done. */
  fetch(part: PartToFetch, deadline: Deadline): Promise<FetchedPart>;
}

/** A part, and where it goes. */
export interface PartToFetch {
  readonly window: Window | null;
  /** The provider's link, or where a reader of pages goes on; empty for its first page. */
  readonly upstream: string;
  /** The file to write. */
  readonly path: string;
  /** Told now and then how many bytes of how many have arrived; `total` null where nobody knows. */
  onProgress(bytes: number, total: number | null): void;
}

/** A part that is on disk, whole. */
export interface FetchedPart {
  readonly byteSize: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Null where nobody has counted. */
  readonly rowCount: number | null;
  /** What its file holds. */
  readonly layout: RowsLayout;
  readonly completeness: Completeness;
  /** Where the next part of the same chunk goes on; null where this was the last, or where the parts were known beforehand. */
  readonly next: string | null;
}
