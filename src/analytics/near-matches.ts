import { distance } from 'fastest-levenshtein';

const MOST_SUGGESTIONS = 3;

/** Given a misspelt name and the known ones, return the known names that it may have meant, nearest first. */
export function nearMatches(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const farthest = Math.max(1, Math.floor(wanted.length * 0.4));
  const candidates: { name: string; far: number }[] = [];
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    // A name that contains the other one ("amount" in "properties.amount") is near whatever the distance in letters.
    const far = wanted.length > 2 && lower.includes(wanted) ? 0 : distance(wanted, lower);
    if (far <= farthest) candidates.push({ name: candidate, far });
  }
  return candidates
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map((candidate) => candidate.name);
}

/** Given near matches, return the sentence that offers them, with a leading space; empty without any. */
export function didYouMean(matches: readonly string[]): string {
  return matches.length === 0 ? '' : ` Did you mean ${matches.map((match) => `"${match}"`).join(' or ')}?`;
}
