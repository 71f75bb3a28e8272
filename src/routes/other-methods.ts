import type { FastifyInstance } from 'fastify';

/** Given a path, return the methods that are answered there; none where nothing is. */
export type MethodsAt = (path: string) => readonly string[];

/** Remember which methods every route answers that is registered from now on. Routes with parameters are not found by a path. */
export function recordMethods(app: FastifyInstance): MethodsAt {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
  return (path) => [...(methods.get(path) ?? [])].toSorted();
}
