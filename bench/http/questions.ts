/** The body of a GraphQL request. */
export interface Question {
  readonly query: string;
  readonly variables: {
    /** Days, both included. */
    readonly from: string;
    readonly to: string;
    /** Different in every request, so that nobody can share an answer. */
    readonly country: string;
  };
}

/** What is asked for: how many days, and as what. */
export interface Shape {
  readonly title: string;
  readonly days: number;
  readonly fields: 'points { at value }' | 'timestamps values';
  /** How many requests a round takes. */
  readonly requests: number;
}

const LAST_DAY = Date.UTC(2025, 11, 31);

/** The question that a shape stands for. */
export function toQuestion({ days, fields }: Shape, country: string): Question {
  const day = (epoch: number) => new Date(epoch).toISOString().slice(0, 10);
  return {
    query: `query ($from: Date!, $to: Date!, $country: String!) {
      metrics(
        query: {
          select: [{ source: "bench", metric: { key: "events" } }]
          period: { dates: { from: $from, to: $to } }
          filters: [{ dimension: "country", values: [$country] }]
        }
      ) { series { name total ${fields} } }
    }`,
    variables: { from: day(LAST_DAY - (days - 1) * 86_400_000), to: day(LAST_DAY), country },
  };
}
