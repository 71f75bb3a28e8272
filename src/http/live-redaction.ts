import { createRedactor, type Redact } from './redaction.ts';

/** Given what tells everything secret, return what removes it as it is known at the moment of each text. */
export function createLiveRedactor(secrets: () => readonly string[]): Redact {
  let known: readonly string[] = [];
  let redact = createRedactor(known);
  return (text) => {
    const current = secrets();
    // Making a redactor is dear, and most secrets never change.
    if (current.length !== known.length || current.some((secret, index) => secret !== known[index])) {
      known = [...current];
      redact = createRedactor(known);
    }
    return redact(text);
  };
}
