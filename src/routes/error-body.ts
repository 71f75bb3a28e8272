/** The body of a refusal outside of GraphQL, in GraphQL's error shape. */
export function toErrorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
