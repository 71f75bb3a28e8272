import { z } from 'zod';
import type { UpstreamFile } from '../analytics/exports.ts';
import type { ExportPart } from './task.ts';

const link = z.object({ url: z.string().min(1), expiresAt: z.number().nullable(), rowCount: z.number().nullable() });

/** Given the files of an export, return what is kept of them as its parts. */
export function toExpectedParts(files: readonly UpstreamFile[]): Pick<ExportPart, 'position' | 'upstream'>[] {
  // Sources that read pages have no link: their first part starts from nothing.
  return files.map((file, position) => ({ position, upstream: file.url === '' ? '' : JSON.stringify(file) }));
}

/** Given a part, return the file that the provider hands out for it; null where it is read page by page. */
export function toUpstreamFile({ upstream }: Pick<ExportPart, 'upstream'>): UpstreamFile | null {
  try {
    return link.safeParse(JSON.parse(upstream)).data ?? null;
  } catch {
    return null;
  }
}

/** Whether files are those that are expected already: as many, of as many rows each as far as the provider says. Their links may be others. */
export function areSameFiles(files: readonly UpstreamFile[], parts: readonly ExportPart[]): boolean {
  return (
    files.length === parts.length &&
    files.every(({ rowCount }, index) => {
      const part = parts[index];
      return part !== undefined && toUpstreamFile(part)?.rowCount === rowCount;
    })
  );
}
