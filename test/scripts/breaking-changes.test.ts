import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyHouse, type HouseCopy } from './house-copy.ts';

const SNAPSHOT = 'schema.snapshot.graphql';
const FILE = 'schema/data-sources.graphql';
const USERS = 'schema/users.graphql';
const RECORD = 'docs/decisions/9999-nobody-waits.md';
const WAITING = `
  """
  How many of our calls wait for a place.
  """
  waiting: Int!
`;
const GONE = "Field 'waiting' was removed from object type 'Allowance'";

describe('a schema that changes', { timeout: 240_000 }, () => {
  let house: HouseCopy;
  let committed: Readonly<Record<string, string>>;
  const read = (path: string): string => readFileSync(join(house.root, path), 'utf8');
  const write = (path: string, text: string): void => writeFileSync(join(house.root, path), text);
  const edit = (path: string, before: string, after: string): void => {
    expect(read(path)).toContain(before);
    write(path, read(path).replace(before, after));
  };
  const codegen = (...parameters: string[]) => house.run('scripts/codegen.ts', ...parameters);

  beforeAll(() => {
    house = copyHouse();
    committed = Object.fromEntries([SNAPSHOT, FILE, USERS].map((path) => [path, read(path)]));
  }, 60_000);

  beforeEach(() => {
    for (const [path, text] of Object.entries(committed)) write(path, text);
    rmSync(join(house.root, RECORD), { force: true });
  });

  afterAll(() => house.remove());

  it('keeps the snapshot of a field that is gone, and says what to do', async () => {
    edit(FILE, WAITING, '');
    const { exitCode, output } = await codegen();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Breaking, against ${SNAPSHOT}: ${GONE}\n`);
    expect(output).toContain(`docs/decisions/README.md) with these lines:\n- Breaking: \`${GONE}\`\n`);
    expect(output).toContain('wrote src/graphql/__generated__/resolvers.ts');
    expect(output).not.toContain(`wrote ${SNAPSHOT}`);
    expect(read(SNAPSHOT)).toBe(committed[SNAPSHOT]);

    const check = await codegen('--check');
    expect(check.exitCode).toBe(1);
    expect(check.output).toContain(`Breaking, against ${SNAPSHOT}: ${GONE}\n`);
  });

  it('may lose a field that a decision record names', async () => {
    edit(FILE, WAITING, '');
    write(RECORD, `# 9999: Nobody waits\n\n- Breaking: \`${GONE}\`\n`);
    const { exitCode, output } = await codegen();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining(`wrote ${SNAPSHOT}`) });
    expect(await codegen('--check')).toEqual({ exitCode: 0, output: '' });
  });

  it('may not lose another field by that record', async () => {
    edit(FILE, WAITING, '');
    write(RECORD, `# 9999: Nobody waits\n\n- Breaking: \`${GONE.replace('waiting', 'window')}\`\n`);
    expect(await codegen('--check')).toMatchObject({ exitCode: 1, output: expect.stringContaining(GONE) });
  });

  it('may gain a field', async () => {
    edit(FILE, WAITING, `${WAITING}\n  """\n  How many are done.\n  """\n  done: Int\n`);
    const { exitCode, output } = await codegen();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining(`wrote ${SNAPSHOT}`) });
  });

  it('warns of a value that clients may not know', async () => {
    edit(FILE, 'enum Unit {', 'enum Unit {\n  """\n  Degrees.\n  """\n  HEAT');
    const { exitCode, output } = await codegen();
    expect(exitCode).toBe(0);
    expect(output).toContain("Dangerous: Enum value 'HEAT' was added to enum 'Unit'\n");
  });

  it('keeps the snapshot of a key that is gone', async () => {
    edit(USERS, '@key(fields: "source { key } nativeId")', '');
    const { exitCode, output } = await codegen();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Breaking, against ${SNAPSHOT}: Key 'nativeId source { key }' was removed from 'User'\n`);
    expect(read(SNAPSHOT)).toBe(committed[SNAPSHOT]);
  });

  it('is held to the main line, whatever snapshot the branch has written', async () => {
    const git = (...parameters: string[]) => {
      const { PATH = '' } = process.env;
      const who = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@example.com'];
      execFileSync('git', [...who, ...parameters], { cwd: house.root, stdio: 'ignore', env: { PATH } });
    };
    git('init', '--initial-branch=main');
    git('add', SNAPSHOT);
    git('commit', '--message', 'Promise');
    git('switch', '--create', 'branch');
    edit(FILE, WAITING, '');
    write(RECORD, `# 9999: Nobody waits\n\n- Breaking: \`${GONE}\`\n`);
    await codegen();
    expect(read(SNAPSHOT)).not.toContain('waiting: Int!');
    rmSync(join(house.root, RECORD));

    const { exitCode, output } = await codegen('--check');
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^Breaking, against schema\.snapshot\.graphql of commit [0-9a-f]{10}: Field 'waiting' was/);
    expect(output).not.toContain('is stale');
    rmSync(join(house.root, '.git'), { recursive: true });
  });
});
