import { AppError, type ErrorCode } from '../errors.ts';

/** A mistake of the caller, as data. */
export interface UserErrorValue {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: readonly string[];
}

const CALLER_ERRORS: ReadonlySet<ErrorCode> = new Set([
  'BAD_USER_INPUT',
  'QUERY_NOT_SUPPORTED',
  'CAPABILITY_NOT_SUPPORTED',
  'EXPORT_TASK_NOT_FOUND',
]);

/** Do something, and return what came of it, or the caller's mistake as data; other failures are thrown on. */
export async function withUserErrors<Done extends object>(
  act: () => Promise<Done>,
  nothing: { readonly [Field in keyof Done]: null },
): Promise<(Done | typeof nothing) & { userErrors: UserErrorValue[] }> {
  try {
    return { ...(await act()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof AppError) || !CALLER_ERRORS.has(error.code)) throw error;
    return { ...nothing, userErrors: [toUserError(error)] };
  }
}

/** Messages begin with the argument that they are about. */
function toUserError({ code, message }: AppError): UserErrorValue {
  const [, path, rest] = /^(input[\w.[\]]*): (.*)$/s.exec(message) ?? [];
  if (path === undefined || rest === undefined) return { code, message, path: ['input'] };
  return { code, message: rest, path: path.split(/[.[\]]+/).filter((part) => part !== '') };
}
