import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORDS = 'docs/decisions/[0-9]*.md';
const FORM = "- Breaking: `Field 'name' was removed from object type 'Thing'`";

/** Given the top of the repository, return the breaking changes that its decision records allow, each in the words of the check. */
export function readAllowedChanges(root: string): ReadonlySet<string> {
  const records = globSync(RECORDS, { cwd: root }).sort();
  return new Set(records.flatMap((record) => readRecord(record, readFileSync(join(root, record), 'utf8'))));
}

/** A line that means to allow something and is written in another way is a mistake, not a line of prose. */
function readRecord(record: string, text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (!/^[\s>*_+-]*breaking[*_]*\s*:/i.test(line)) return [];
    const [, change] = /^- Breaking: `([^`]+)`$/.exec(line) ?? [];
    if (change) return [change];
    throw new Error(`${record}:${index + 1} allows a breaking change in no form that is read. Write: ${FORM}`);
  });
}
