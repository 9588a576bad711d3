import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'training/**/*.test.ts'],
    // Real databases, servers and browsers: generous, so that a busy machine does not fail a sound test.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
