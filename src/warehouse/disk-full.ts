import { ConversionError } from './conversion-error.ts';

/** Whether an error of Node or of DuckDB says that there is no space left. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return true;
  return /no space left on device|disk quota exceeded|max_temp_directory_size/i.test(error.message);
}

/** An error that says so to whoever asked. */
export function toDiskFullError(): ConversionError {
  return new ConversionError('DISK_FULL', 'The disk of the server is full.');
}
