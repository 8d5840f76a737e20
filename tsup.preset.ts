import type { Options } from 'tsup'

/** How every package is built: ES modules for Node 20.19 and later, with types and source maps. */
export const preset: Options = {
  format: ['esm'],
  target: 'node20.19',
  platform: 'node',
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true,
  treeshake: true,
}
