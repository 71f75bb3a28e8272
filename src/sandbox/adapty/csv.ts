/** Writes a table as CSV with commas and line feeds; neither is public. What has not come yet is an empty cell. */
export function toCsv(table: readonly (readonly (string | number | null)[])[]): string {
  return table.map((row) => `${row.map(toCell).join(',')}\n`).join('');
}

function toCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
