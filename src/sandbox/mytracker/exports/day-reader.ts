const SECOND_MS = 1000;
// Every zone of the dictionary is a whole number of quarters of an hour away from UTC.
const QUARTER_MS = 15 * 60 * SECOND_MS;

/** Creates the reader of the calendar day, YYYY-MM-DD, of an instant in a zone. */
export function createDayReader(timeZone: string): (timeMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const known = new Map<number, string>();
  return (timeMs) => {
    const quarter = Math.floor(timeMs / QUARTER_MS);
    const day = known.get(quarter) ?? format.format(quarter * QUARTER_MS);
    known.set(quarter, day);
    return day;
  };
}
