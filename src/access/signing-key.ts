import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;
const FILE_NAME = 'signing-key';

/**
 * Return the key that links are signed with: the text that was given, or else what the file `signing-key` of the data folder holds.
 * Where there is none, one is made, for this user alone; of several processes that do so at once, all return the same.
 */
export async function readSigningKey(folder: string, given: string | null = null): Promise<Buffer> {
  if (given !== null) return Buffer.from(given);
  const path = join(folder, FILE_NAME);
  const kept = (await readKey(path)) ?? (await makeKey(folder, path));
  if (kept.length === KEY_BYTES) return kept;
  throw new Error(
    `${path} is not a key of ${KEY_BYTES} bytes. Remove it: a new one is made, and links made before end.`,
  );
}

async function readKey(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

// Written whole under another name and then linked: whoever reads the file never finds half a key, and a link never replaces one.
async function makeKey(folder: string, path: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true });
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
