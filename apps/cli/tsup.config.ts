import { defineConfig } from 'tsup'
import { preset, rawText } from '../../tsup.preset.js'

// One CommonJS file: every ES module of its own costs a start some 0.7 ms. What only some commands
// need is loaded by `import()` and so waits in the file until it is asked for; the loader stays a
// package of its own, because it has to know where its preload lies.
export default defineConfig({
  ...preset,
  entry: ['src/main.ts'],
  format: ['cjs'],
  outExtension: () => ({ js: '.cjs' }),
  dts: false,
  splitting: false,
  // It would move what is loaded later to the front.
  treeshake: false,
  shims: true,
  esbuildPlugins: [rawText],
  noExternal: [/^@tracer\/(?!loader)/, 'commander'],
  esbuildOptions(options) {
    options.minifyWhitespace = true
  },
})
