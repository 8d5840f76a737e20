import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

/** `import text from './file?raw'`, as Vitest and Vite have it. */
const rawText: NonNullable<typeof preset.esbuildPlugins>[number] = {
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

export default defineConfig({ ...preset, entry: ['src/index.ts'], esbuildPlugins: [rawText] })
