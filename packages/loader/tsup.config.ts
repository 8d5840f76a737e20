import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

/** Native, and so never bundled. */
const external = ['oxc-parser', 'oxc-transform']

export default defineConfig([
  // Apart, because it brings the parser, which takes 20 ms to load.
  {
    ...preset,
    entry: { index: 'src/index.ts', 'instrument-file': 'src/instrument-file.ts', control: 'src/control.ts' },
  },
  {
    // Preloads have to be CommonJS: only then is a CommonJS program loaded as it is without them.
    ...preset,
    entry: {
      register: 'src/register.ts',
      control: 'src/control.ts',
      transforms: 'src/transforms.ts',
      'recorder-thread': 'src/recorder-thread.ts',
    },
    format: ['cjs'],
    outExtension: () => ({ js: '.cjs' }),
    splitting: false,
    clean: false,
    dts: false,
    external,
    noExternal: [/^@tracer\//, /^@jridgewell\//, 'magic-string', 'picomatch'],
  },
  {
    ...preset,
    entry: { 'hooks-thread': 'src/hooks-thread.ts', probes: 'src/probe-module.ts' },
    outExtension: () => ({ js: '.mjs' }),
    splitting: false,
    clean: false,
    dts: false,
    external,
    noExternal: [/^@tracer\//, /^@jridgewell\//, 'magic-string', 'picomatch'],
  },
])
