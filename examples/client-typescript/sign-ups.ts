import { graphql } from './__generated__/index.ts';
import type { PeriodInput } from './__generated__/graphql.ts';
import type { Connection } from './connection.ts';
import { describeProblems } from './failures.ts';

const SignUpsByCountry = graphql(`
  query SignUpsByCountry($source: String!, $period: PeriodInput!) {
    metrics(
      query: {
        select: [{ source: $source, metric: { event: { name: "sign_up" } }, as: "sign-ups" }]
        period: $period
        interval: DAY
        breakdown: ["country"]
        seriesLimit: 3
        compareTo: { preset: PREVIOUS_PERIOD }
      }
    ) {
      period {
        firstDay
        lastDay
      }
      series {
        dimensions {
          value
        }
        total
        previousTotal
        values
      }
      problems {
        ...ProblemLine
      }
      freshness {
        completeness
      }
    }
  }
`);

/** Ask for the sign-ups of the largest countries, day by day, and return lines to print. */
export async function describeSignUps({ http }: Connection, source: string, period: PeriodInput): Promise<string[]> {
  const { metrics } = await http.request(SignUpsByCountry, { source, period });
  // A field that can fail is nullable; where it has failed, the request has thrown before.
  if (!metrics) return [];
  const { firstDay, lastDay } = metrics.period;
  const lines = metrics.series.map(({ dimensions, total, previousTotal, values }) => {
    const country = dimensions.map(({ value }) => value ?? 'unknown').join(', ');
    return `${country}: ${toText(total)}, before ${toText(previousTotal)}; by day ${values.map(toText).join(' ')}`;
  });
  return [
    `Sign-ups from ${firstDay} to ${lastDay} by country (${metrics.freshness.completeness})`,
    ...lines,
    ...describeProblems(metrics.problems),
  ];
}

/** Missing is not zero. */
function toText(value: number | null): string {
  return value === null ? '–' : String(value);
}
