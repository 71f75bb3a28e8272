import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql 16 has no `exports` map: Vite would follow `module`, Node follows `main`, and two copies of graphql do not
    // recognise each other's types. One alias keeps it one copy.
    alias: { graphql: 'graphql/index.js' },
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seeded-properties.ts'],
    // A quarter of the time is waiting, for sockets and processes: there is room for one more than there are processors.
    // Each file may have a database of its own, so that many processors would want much memory.
    maxWorkers: Math.min(availableParallelism() + 1, 8),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.generated.ts', 'src/**/__generated__/**', 'src/main.ts'],
      thresholds: { statements: 90, branches: 80, functions: 90, lines: 90 },
    },
  },
});
