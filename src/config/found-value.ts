const LONGEST_SHOWN = 80;
const ONLY_PLACEHOLDERS = /^(\$\{[^}]*\})+$/;

/** Given a value as the file writes it, return it in words; a secret is counted, its placeholder shown. */
export function describeFound(raw: unknown, isSecret: boolean): string {
  if (typeof raw === 'string') return describeText(raw, isSecret);
  if (typeof raw !== 'number' && typeof raw !== 'boolean') return describeKind(raw);
  return isSecret ? `a secret that is ${describeKind(raw)}` : `the ${typeof raw} ${raw}`;
}

/** Given a value as the file writes it, return what kind of value it is and nothing of its content. */
export function describeKind(raw: unknown): string {
  if (raw === undefined) return 'nothing (the field is required)';
  if (raw === null) return 'an empty field';
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'object' ? 'a mapping' : `a ${typeof raw}`;
}

function describeText(raw: string, isSecret: boolean): string {
  if (isSecret && !ONLY_PLACEHOLDERS.test(raw)) return `a secret of ${raw.length} characters`;
  return raw.length > LONGEST_SHOWN ? `${JSON.stringify(raw.slice(0, LONGEST_SHOWN))}…` : JSON.stringify(raw);
}
