import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

export default defineConfig({
  ...preset,
  entry: ['src/index.ts', 'src/recorder-thread.ts', 'src/idle-probes.ts'],
  esbuildOptions: (options) => {
    // Writes constants into the text: probes are short enough for V8 to inline only then.
    options.minifySyntax = true
  },
})
