import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Writes the next identifier: that many letters and digits, at most 64. */
export type IdentifierSource = (length: number) => string;

/** Creates a source of identifiers that look random; the same seed gives the same ones in the same order. */
export function createIdentifierSource(seed: string): IdentifierSource {
  let count = 0;
  return (length) => {
    count += 1;
    const bytes = createHash('sha512').update(`${seed} ${count}`).digest();
    return Array.from(bytes.subarray(0, length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  };
}
