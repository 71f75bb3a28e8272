import { describe, expect, it } from 'vitest';
import { findIdMistake } from '../../scripts/provider-id.ts';

const NOWHERE = '/nonexistent';

describe('id of a new provider', () => {
  it.each(['amplitude', 'acme-ads', 'ga4', 'app-store2'])('may be %s', (id) => {
    expect(findIdMistake(id, NOWHERE)).toBeUndefined();
  });

  it.each(['Amplitude', 'acme_ads', 'acme-', '-acme', 'acme--ads', '4ga', 'acme-4', '../acme', 'acme ads'])(
    'may not be %s',
    (id) => {
      expect(findIdMistake(id, NOWHERE)).toContain('is not kebab-case');
    },
  );

  it.each(['providers', 'emulators', 'switch', 'new'])('may not be the word %s', (id) => {
    expect(findIdMistake(id, NOWHERE)).toContain('is a word of the language or of the registry');
  });

  it.each([undefined, ''])('may not be left out', (id) => {
    expect(findIdMistake(id, NOWHERE)).toBe('Say which provider: npm run new:provider <id>');
  });
});
