import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

/** `import text from './file?raw'`, as Vitest and Vite have it. */
export const rawText: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'raw-text',
  setup(build) {
    // With `?raw` still at the end, because tsup makes something else of all paths that end in `.css`.
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: 'raw-text',
    }))
    build.onLoad({ filter: /./, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path.replace('?raw', ''), 'utf8'),
      loader: 'text',
    }))
  },
}
