import { parse as parseCsv } from 'csv-parse/sync';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

interface Report {
  readonly series: readonly {
    readonly name: string;
    readonly unit: string;
    readonly dimensions: readonly { readonly value: string | null }[];
    readonly points: readonly {
      readonly date: string;
      readonly value: number | null;
      readonly previous: number | null;
    }[];
  }[];
  readonly tidy: string;
  readonly wide: string;
}

const OPERATION = `query ($query: MetricsQuery!, $options: CsvOptions!, $wideOptions: CsvOptions!) {
  metrics(query: $query) {
    series { name unit dimensions { value } points { date value previous } }
    tidy: csv(options: $options)
    wide: csv(options: $wideOptions)
  }
}`;

const QUERY = {
  select: [
    { source: 'sandbox-openpanel', metric: { event: { name: 'search' } }, as: 'searches' },
    {
      source: 'sandbox-openpanel',
      metric: { event: { name: 'search', measure: 'AVERAGE', property: 'properties.results' } },
      as: 'average, "results"',
    },
  ],
  period: { dates: { from: '2026-06-01', to: '2026-06-07' } },
  breakdown: ['properties.query'],
  seriesLimit: 1000,
  compareTo: { preset: 'PREVIOUS_PERIOD' },
};

async function askReport(options: object = {}): Promise<Report> {
  const written = { formulas: 'RAW', nullText: 'NULL', ...options };
  const variables = { query: QUERY, options: written, wideOptions: { ...written, layout: 'WIDE' } };
  return (await server.query<{ metrics: Report }>(OPERATION, variables)).metrics;
}

type Read = (text: string, delimiter: string) => string[][];

const READERS: readonly (readonly [string, Read])[] = [
  ['papaparse', (text, delimiter) => Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data],
  ['csv-parse', (text, delimiter) => parseCsv(text, { delimiter })],
];

const cell = (value: string | number | null): string => (value === null ? 'NULL' : String(value));

describe.each(READERS)('CSV of the sandbox, read by %s', (_name, read) => {
  it('holds the values of the typed fields in TIDY', async () => {
    const { series, tidy } = await askReport();
    const [header, ...rows] = read(tidy, ',');
    expect(header).toEqual(['date', 'source', 'metric', 'properties.query', 'value', 'previous', 'unit', 'currency']);
    const expected = series.flatMap(({ name, unit, dimensions, points }) =>
      points.map(({ date, value, previous }) => [
        date,
        'sandbox-openpanel',
        name,
        cell(dimensions[0]?.value ?? null),
        cell(value),
        cell(previous),
        unit,
        'NULL',
      ]),
    );
    expect(rows.length).toBeGreaterThan(300);
    expect(rows).toEqual(expected);
  });

  it('holds the values of the typed fields in WIDE', async () => {
    const { series, wide } = await askReport();
    const [header = [], ...rows] = read(wide, ',');
    const names = series.map(({ name, dimensions }) => `${name} [${dimensions[0]?.value ?? '(not set)'}]`);
    expect(header).toEqual(['date', ...names.flatMap((name) => [name, `${name} (previous)`])]);
    const expected = (series[0]?.points ?? []).map(({ date }, day) => [
      date,
      ...series.flatMap(({ points }) => [cell(points[day]?.value ?? null), cell(points[day]?.previous ?? null)]),
    ]);
    expect(rows).toEqual(expected);
  });

  it.each([
    ['SEMICOLON', ';'],
    ['TAB', '\t'],
    ['PIPE', '|'],
  ])('is the same with %s', async (name, delimiter) => {
    const commas = await askReport();
    const others = await askReport({ delimiter: name, lineEnding: 'LF' });
    expect(read(others.tidy, delimiter)).toEqual(read(commas.tidy, ','));
    expect(read(others.wide, delimiter)).toEqual(read(commas.wide, ','));
  });
});

describe('CSV of the sandbox', () => {
  it('never starts a cell like a formula unasked', async () => {
    const { tidy } = await askReport({ formulas: 'ESCAPE' });
    const cells = Papa.parse<string[]>(tidy, { skipEmptyLines: true }).data.map((row) => row[3] ?? '');
    expect(cells.some((text) => text.startsWith("'=HYPERLINK"))).toBe(true);
    expect(cells.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
  });

  it('of events reads back every property', async () => {
    const operation = `query ($query: EventsQuery!) {
      events(query: $query, first: 1000) {
        nodes { id at name properties revenue }
        tidy: csv(options: { formulas: RAW })
        wide: csv(options: { layout: WIDE, formulas: RAW, nullText: "NULL" })
      }
    }`;
    const query = {
      source: 'sandbox-openpanel',
      period: { dates: { from: '2026-06-01', to: '2026-06-07' } },
      names: ['search'],
    };
    interface Page {
      readonly nodes: readonly {
        readonly id: string;
        readonly at: string;
        readonly name: string;
        readonly properties: Record<string, string>;
        readonly revenue: number;
      }[];
      readonly tidy: string;
      readonly wide: string;
    }
    const { events } = await server.query<{ events: Page }>(operation, { query });
    const read = (text: string) => parseCsv<Record<string, string>>(text, { columns: true });
    expect(events.nodes.length).toBeGreaterThan(500);
    expect(
      read(events.tidy).map(({ id, at, name, revenue, properties }) => ({
        id,
        at,
        name,
        revenue: Number(revenue),
        properties: JSON.parse(properties ?? ''),
      })),
    ).toEqual(events.nodes);
    expect(read(events.wide).map((row) => [row['id'], row['properties.query'], row['properties.results']])).toEqual(
      events.nodes.map(({ id, properties }) => [id, properties['query'], properties['results']]),
    );
  });
});
