import type { CohortAnalysisQuery } from './cohort-analysis.ts';
import type { ConversionQuery } from './conversions.ts';
import type { Deadline } from './deadline.ts';
import type { FunnelQuery } from './funnels.ts';
import type { WholeFile } from './http-client.ts';
import type { LifetimeValueQuery } from './lifetime-value.ts';
import type { MetricsQuery } from './metrics.ts';
import type { RetentionQuery } from './retention.ts';

/** What may be answered with files of the provider's own, by the capability that answers it. */
export interface NativeQuestions {
  readonly metrics: MetricsQuery;
  readonly funnels: FunnelQuery;
  readonly conversions: ConversionQuery;
  readonly retention: RetentionQuery;
  readonly 'cohort-analysis': CohortAnalysisQuery;
  readonly 'lifetime-value': LifetimeValueQuery;
  /** The id of the cohort whose members are wanted. */
  readonly cohorts: string;
}

/** What a capability has whose answers the provider hands out as files of its own, too. */
export interface NativeAnswers<Name extends keyof NativeQuestions> {
  /** Absent where there are no such files. */
  readonly nativeFiles?: NativeFiles<NativeQuestions[Name]>;
}

/** The files in which a provider itself answers questions of one kind. */
export interface NativeFiles<Question> {
  /** Rows of a file from which on the provider may have left out others; null where no such limit is documented. */
  readonly maxRows: number | null;
  /**
   * Which files answer a question, in order: texts that `download` takes, after a restart too, and that are as good as keys. Null while the
   * provider is still preparing them. Refuses what the question itself refuses.
   */
  list(question: Question, deadline: Deadline): Promise<readonly string[] | null>;
  /** The bytes of a file as the provider sends them; whoever asks reads them to their end or destroys them. */
  download(file: string, deadline: Deadline): Promise<WholeFile>;
}
