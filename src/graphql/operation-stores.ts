import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode } from 'graphql';

// Parsed, a character takes some hundred bytes where a document has one name after the other.
const MOST_PARSED_CHARACTERS = 2 ** 20;
const MOST_PERSISTED_CHARACTERS = 2 ** 22;

/** What is remembered of the operations that came; what was asked longest ago is forgotten first. */
export interface OperationStores {
  /** Valid documents, so that one which comes again need not be parsed. */
  readonly parsed: KeyValueCache<DocumentNode>;
  /** Texts by their hashes, of callers who then send the hash alone. */
  readonly persisted: KeyValueCache<string>;
}

/**
 * Return empty stores, in the memory of this process. Both count the characters that were sent: Apollo Server's own counts a parsed document
 * without its comments, which it keeps all the same, so that a hundred thousand megabytes would fit.
 */
export function createOperationStores(): OperationStores {
  return {
    parsed: new InMemoryLRUCache<DocumentNode>({
      maxSize: MOST_PARSED_CHARACTERS,
      sizeCalculation: ({ loc }) => loc?.source.body.length ?? MOST_PARSED_CHARACTERS,
    }),
    persisted: new InMemoryLRUCache<string>({
      maxSize: MOST_PERSISTED_CHARACTERS,
      sizeCalculation: ({ length }) => length,
    }),
  };
}
