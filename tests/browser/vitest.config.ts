import { defineConfig, mergeConfig } from 'vitest/config'
import { preset } from '../../vitest.preset.js'

export default mergeConfig(
  preset,
  defineConfig({
    test: {
      // One browser for all files, which ask it for pages of their own.
      globalSetup: ['lib/browser-process.ts'],
      // It draws without a graphics card: more files at once only make one another slow.
      maxWorkers: 2,
      // Its second is for what happens within a process; pages wait for workers, and for a processor.
      expect: { poll: { timeout: 30_000 } },
    },
  }),
)
