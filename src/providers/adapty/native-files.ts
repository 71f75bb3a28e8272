import type { NativeFiles } from '../../analytics/native-files.ts';
import type { AdaptyClient } from './client.ts';

/** Given a client and what turns a question into the names of its files, return them: each is a request of which Adapty writes a CSV. */
export function createNativeFiles<Question>(
  client: AdaptyClient,
  toFiles: (question: Question) => readonly string[],
): NativeFiles<Question> {
  return {
    maxRows: null,
    // Nothing is prepared: a file is written when it is asked for.
    list: async (question) => toFiles(question),
    download: client.fetchCsv,
  };
}
