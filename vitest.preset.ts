import { defineConfig } from 'vitest/config'

/** How every package is tested: `test/*.test.ts`, with a machine-readable result that CI adds up. */
export const preset = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
    testTimeout: 60_000,
  },
})
