import type { Standing } from './contest.ts';

/** What the figures of a contest are. */
export interface ContestTitle {
  readonly title: string;
  readonly unit: 'ms' | 'requests/s';
}

/** Print a contest as a Markdown table, ready for bench/README.md. */
export function printStandings({ title, unit }: ContestTitle, standings: readonly Standing[]): void {
  const first = standings[0]?.name ?? '';
  console.log(`\n### ${title}\n`);
  console.log(`| | median ${unit} | least | most | times "${first}" |`);
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const { name, median, least, most, ratio } of standings) {
    console.log(`| ${name} | ${whole(median)} | ${whole(least)} | ${whole(most)} | ${ratio.toFixed(2)} |`);
  }
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en');
}
