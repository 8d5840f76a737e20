import { build } from 'esbuild'
import { dirname, join } from 'node:path'

/** `import text from './page.js?script'`: a script with all it imports, as the text of one element of a page. */
const FILTER = /\?script$/

async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.replace(FILTER, '').replace(/\.js$/, '.ts')],
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  // It is put in between tags, in HTML and in XML.
  return outputFiles.map(({ text }) => text.replaceAll('</script', '<\\/script').replaceAll(']]>', ']]\\>')).join('')
}

/** For tsup. */
export const bundledScript = {
  name: 'bundled-script',
  setup(builder: {
    onResolve(options: { filter: RegExp }, callback: (args: { path: string; resolveDir: string }) => object): void
    onLoad(options: { filter: RegExp; namespace: string }, callback: (args: { path: string }) => Promise<object>): void
  }): void {
    builder.onResolve({ filter: FILTER }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: 'bundled-script',
    }))
    builder.onLoad({ filter: /./, namespace: 'bundled-script' }, async ({ path }) => ({
      contents: await bundled(path),
      loader: 'text',
    }))
  },
}

/** For Vitest. */
export const bundledScriptForVite = {
  name: 'bundled-script',
  enforce: 'pre',
  resolveId: (source: string, importer: string | undefined) =>
    FILTER.test(source) && importer !== undefined ? `\0${join(dirname(importer), source)}` : undefined,
  load: async (id: string) =>
    FILTER.test(id) ? `export default ${JSON.stringify(await bundled(id.slice(1)))}` : undefined,
} as const
