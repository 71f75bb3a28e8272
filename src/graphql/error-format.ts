import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { toGlobalId } from '../analytics/global-id.ts';
import { AppError } from '../errors.ts';

const MASKED = 'Something unexpected went wrong. The log of the server has it under this requestId.';

/** Given a failure of the executor, return what the caller may see of it: the one place where errors become GraphQL's. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  if (original instanceof AppError) {
    const { code, origin, retryAfterMs, exportTaskId } = original;
    return {
      ...located(formatted),
      message: original.message,
      extensions: {
        code,
        ...origin,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(exportTaskId !== undefined && { exportTaskId: toGlobalId('ExportTask', exportTaskId) }),
      },
    };
  }
  // What graphql-js and Apollo say of a document is meant for the caller; what they say of our answer has its path.
  if (original instanceof GraphQLError && !isUnexpected(original)) {
    const code = original.extensions['code'] ?? 'BAD_USER_INPUT';
    return { ...located(formatted), message: formatted.message, extensions: { code } };
  }
  return { ...located(formatted), message: MASKED, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whether nobody foresaw the failure, so that the log must have it. */
export function isUnexpected(error: GraphQLError): boolean {
  const original = unwrapResolverError(error);
  if (original instanceof AppError) return original.code === 'INTERNAL_SERVER_ERROR';
  if (!(original instanceof GraphQLError)) return true;
  const code = original.extensions['code'];
  return error.path !== undefined && (code === undefined || code === 'INTERNAL_SERVER_ERROR');
}

function located({ path, locations }: GraphQLFormattedError) {
  return { ...(path && { path }), ...(locations && { locations }) };
}
