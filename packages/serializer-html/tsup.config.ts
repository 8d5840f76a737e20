import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig } from 'tsup'
import { preset } from '../../tsup.preset.js'

/** `import text from './file?raw'`, as Vitest and Vite have it. */
const rawText: NonNullable<typeof preset.esbuildPlugins>[number] = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('?raw', '')),
      namespace: 'raw-text',
    }))
    build.onLoad({ filter: /./, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }))
  },
}

export default defineConfig({ ...preset, entry: ['src/index.ts'], esbuildPlugins: [rawText] })
