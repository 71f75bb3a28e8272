import type { ExportFileResolvers } from '../__generated__/resolvers.ts';
import { toDateTime } from '../instants.ts';

/** A file of an export. */
export const ExportFile: ExportFileResolvers = {
  url: ({ taskId, name }, _arguments, { fileLinks }) => fileLinks.linkTo(taskId, name).url,
  expiresAt: ({ taskId, name }, _arguments, { fileLinks }) => toDateTime(fileLinks.linkTo(taskId, name).expiresAt),
};
