import { graphql } from './__generated__/index.ts';
import type { PeriodInput } from './__generated__/graphql.ts';
import type { Connection } from './connection.ts';
import { describeProblems } from './failures.ts';

const VisitToTrial = graphql(`
  query VisitToTrial($source: String!, $period: PeriodInput!) {
    funnel(
      query: {
        source: $source
        period: $period
        steps: [
          { event: "session_start", as: "visit" }
          { event: "sign_up", as: "sign-up" }
          { event: "trial_start", as: "trial" }
        ]
        conversionWindow: "P7D"
      }
    ) {
      conversionRate
      problems {
        ...ProblemLine
      }
      csv(options: { lineEnding: LF })
    }
  }
`);

/** Ask how many get from a visit to a trial, and return lines to print: the CSV is one for a file or a spreadsheet. */
export async function describeFunnel({ http }: Connection, source: string, period: PeriodInput): Promise<string[]> {
  const { funnel } = await http.request(VisitToTrial, { source, period });
  if (!funnel) return [];
  const rate = funnel.conversionRate === null ? 'nobody started' : `${(funnel.conversionRate * 100).toFixed(1)} %`;
  return [`From visit to trial within a week: ${rate}`, ...describeProblems(funnel.problems), funnel.csv.trimEnd()];
}
