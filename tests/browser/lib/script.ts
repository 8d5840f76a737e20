import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

/**
 * A page with nothing but `body` and the script of a TypeScript file, bundled with the packages it imports
 * as a person who embeds them would. What it imports has to stand in the package.json of these tests.
 *
 * @param file such as `new URL('pages/colours.ts', import.meta.url)`
 */
export async function scriptPage(file: URL, body = ''): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  const script = outputFiles.map((output) => output.text.replaceAll('</script', '<\\/script')).join('')
  return `<!doctype html><meta charset="utf-8"><title>Test</title><body>${body}<script type="module">${script}</script>`
}
