import type { World } from '../../world.ts';
import { createColumn } from '../columns/create-column.ts';
import type { Column, ColumnSource } from '../columns/create-column.ts';
import type { Arrivals } from '../tables/arrivals.ts';
import type { Tables } from '../tables/create-tables.ts';
import { createDayReader } from './day-reader.ts';
import type { RawExport } from './export-queue.ts';
import { findRows } from './find-rows.ts';

/** What exports are made from. */
export interface ExportRowsOptions {
  readonly world: World;
  readonly tables: Tables;
  readonly arrivals: Arrivals;
  /** How often each custom event is there; what is there again is about other people. */
  readonly repeat: number;
}

/** The rows of an export; each stands for as many lines as it has copies. */
export interface ExportRows {
  readonly rows: Int32Array;
  /** 1 where rows are there once. */
  readonly copies: number;
  /** In the order of the selectors. */
  readonly columns: readonly Column[];
}

// Row numbers are four bytes each: those of a few exports are kept, those of others found again.
const KEPT = 16;

/** Creates the reader of exports' rows. */
export function createRowsReader({
  world,
  tables,
  arrivals,
  repeat,
}: ExportRowsOptions): (raw: RawExport) => ExportRows {
  const known = new Map<RawExport, ExportRows>();
  function find({ request, createdAtMs }: RawExport): ExportRows {
    const dayOf = createDayReader(request.timeZone);
    const source: ColumnSource = { world, table: tables[request.event], arrivals, dayOf };
    return {
      // What had not arrived when the export was asked for is not in it.
      rows: findRows(source, request, Math.floor(createdAtMs / 1000)),
      copies: request.event === 'customEvents' ? repeat : 1,
      columns: request.selectors.map((selector) => createColumn(source, selector)),
    };
  }
  return (raw) => {
    const found = known.get(raw) ?? find(raw);
    known.delete(raw);
    known.set(raw, found);
    for (const [oldest] of known) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return found;
  };
}
