import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'plugins/*/test/**/*.test.ts',
      'cli/test/**/*.test.ts',
      'schemas/test/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    globalSetup: ['tests/support/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Real processes on shared, noisy machines: one more try there, which the report shows. None at a developer's desk.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
