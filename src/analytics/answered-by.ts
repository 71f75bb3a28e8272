/** Whether the provider answered the analysis itself, or we computed it over rows that it handed out. */
export type AnsweredBy = 'NATIVE' | 'COMPUTED';
