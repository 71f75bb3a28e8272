import type { ConfigurationMistake } from './configuration-error.ts';
import type { Environment } from './environment.ts';
import { splitList } from './environment.ts';

/** Who may call, and the SHA-256 of the bearer key that proves it, in lower-case hexadecimal. */
export interface ApiKeyHash {
  readonly name: string;
  readonly sha256: string;
}

const VARIABLE = 'TRIBUTARY_API_KEYS';
const ALLOWED = 'name:hash, the name of letters, digits, ".", "_" and "-", the hash of 64 hexadecimal digits';
const ENTRY = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}):([0-9a-f]{64})$/i;

// Hashes of nothing and of a lone newline: what `sha256sum` says when the shell variable with the key was not set.
const HASHES_OF_NOTHING = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b',
];

/** Given the environment, return the API keys' hashes. A wrong entry is named by its place only: it may be a key itself. */
export function readApiKeys(env: Environment, mistakes: ConfigurationMistake[]): ApiKeyHash[] {
  const keys: ApiKeyHash[] = [];
  splitList(env[VARIABLE] ?? '').forEach((entry, index) => {
    const [, name, hash] = ENTRY.exec(entry) ?? [];
    const key = name && hash ? { name, sha256: hash.toLowerCase() } : undefined;
    const wrong = key ? whyUseless(key.sha256, keys) : 'not a name and a hash';
    if (key && wrong === null) keys.push(key);
    else
      mistakes.push({
        dataSource: null,
        field: VARIABLE,
        found: `entry ${index + 1}, which is ${wrong}`,
        allowed: ALLOWED,
      });
  });
  return keys;
}

function whyUseless(sha256: string, keys: readonly ApiKeyHash[]): string | null {
  if (HASHES_OF_NOTHING.includes(sha256)) return 'the hash of an empty key';
  return keys.some((key) => key.sha256 === sha256) ? 'the hash of an earlier entry' : null;
}
