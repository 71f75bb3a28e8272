/** Given a text, return the SQL expression of it. */
export function quoteText(text: string): string {
  // The parser takes U+0000 for the end of the statement.
  const pieces = text.split('\0').map((piece) => `'${piece.replaceAll("'", "''")}'`);
  return pieces.length === 1 ? (pieces[0] ?? "''") : `(${pieces.join(' || chr(0) || ')})`;
}

/** Given a column's name, return the SQL identifier of it; null where SQL has none for it. */
export function quoteName(name: string): string | null {
  return name === '' || name.includes('\0') ? null : `"${name.replaceAll('"', '""')}"`;
}
