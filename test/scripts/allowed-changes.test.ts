import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAllowedChanges } from '../../scripts/allowed-changes.ts';

const CHANGE = "Field 'name' was removed from object type 'Thing'";

describe('decision records', () => {
  const root = mkdtempSync(join(tmpdir(), 'tributary-records-'));
  const write = (file: string, text: string) => writeFileSync(join(root, 'docs/decisions', file), text);

  beforeAll(() => mkdirSync(join(root, 'docs/decisions'), { recursive: true }));
  afterAll(() => rmSync(root, { recursive: true }));

  it('allow nothing unless they say so', () => {
    write('0001-a.md', `# 0001: A\n\nThis is breaking: ${CHANGE}. So it goes.\n\nBreaking things is allowed.\n`);
    write('README.md', `- Breaking: \`${CHANGE}\`\n`);
    expect(readAllowedChanges(root)).toEqual(new Set());
  });

  it('allow what they name, each on its line', () => {
    write('0001-a.md', `# 0001: A\n\n- Breaking: \`${CHANGE}\`\n- Breaking: \`Key 'id' was removed from 'Thing'\`\n`);
    write('0002-b.md', "# 0002: B\r\n\r\n- Breaking: `Type 'Other' was removed`\r\n");
    expect(readAllowedChanges(root)).toEqual(
      new Set([CHANGE, "Key 'id' was removed from 'Thing'", "Type 'Other' was removed"]),
    );
  });

  it.each([
    `Breaking: \`${CHANGE}\``,
    `- Breaking: ${CHANGE}`,
    `- breaking: \`${CHANGE}\``,
    `* Breaking: \`${CHANGE}\``,
    `  - Breaking: \`${CHANGE}\``,
    `- Breaking: \`${CHANGE}\` and more`,
    `- Breaking : \`${CHANGE}\``,
    '- Breaking: ``',
    '- **Breaking**: everything',
  ])('are refused where they say it in another way: %s', (line) => {
    write('0002-b.md', `# 0002: B\n\n${line}\n`);
    expect(() => readAllowedChanges(root)).toThrow('docs/decisions/0002-b.md:3 allows a breaking change in no form');
  });
});
