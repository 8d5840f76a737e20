import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import vm from 'node:vm'

const require = createRequire(import.meta.url)

/** What speedscope's own importer makes of a file: calls as `[name, startUs, endUs]`, and what it complained of. */
export interface SpeedscopeImport {
  readonly calls: readonly [name: string, startUs: number, endUs: number][]
  readonly warnings: readonly string[]
}

interface Profile {
  forEachCall(
    open: (node: { readonly frame: { readonly name: string } }, value: number) => void,
    close: (node: unknown, value: number) => void,
  ): void
}

interface Importer {
  importProfileGroupFromText(name: string, text: string): Promise<{ readonly profiles: readonly Profile[] } | null>
}

/**
 * The npm package is a page: one script that draws into a document. Its importer needs none, so the
 * script runs here up to where it draws, with a stand-in for all that a page has.
 */
export async function importIntoSpeedscope(text: string): Promise<SpeedscopeImport> {
  const warnings: string[] = []
  const group = await importerOf(warnings).importProfileGroupFromText('trace.json', text)
  if (group === null) throw new Error('speedscope does not know the format')
  const calls: [string, number, number][] = []
  for (const profile of group.profiles) {
    const open: [name: string, startUs: number][] = []
    profile.forEachCall(
      ({ frame }, value) => open.push([frame.name, value]),
      (_, value) => {
        const [name, startUs] = open.pop() ?? ['', 0]
        calls.push([name, startUs, value])
      },
    )
  }
  return { calls, warnings }
}

function importerOf(warnings: string[]): Importer {
  const folder = join(dirname(require.resolve('speedscope/package.json')), 'dist/release')
  const file = readdirSync(folder).find((name) => /^speedscope-.*\.js$/.test(name)) ?? ''
  const code = readFileSync(join(folder, file), 'utf8')
  const drawing = code.lastIndexOf('console.log(`speedscope v')
  const [, prepare, module] = IMPORT_MODULE.exec(code) ?? []
  if (drawing === -1 || module === undefined) throw new Error('speedscope is put together in another way than 1.25')
  const page: Record<string, unknown> = {
    ...{ TextDecoder, TextEncoder, URL, setTimeout, clearTimeout, performance, atob },
    ...{ document: anything(), navigator: anything(), localStorage: anything(), matchMedia: anything() },
    location: { hash: '', protocol: 'file:' },
    addEventListener: () => undefined,
    requestAnimationFrame: () => 0,
    HTMLElement: Object,
    console: { log: () => undefined, error: () => undefined, warn: (text: unknown) => warnings.push(String(text)) },
  }
  page['window'] = page['self'] = page
  const importer: Importer = vm.runInNewContext(
    `${code.slice(0, drawing)};globalThis.found=(${prepare}(),${module})})();found`,
    page,
  )
  return importer
}

/** Where the script loads the module of the importer: the function that prepares it, and the module. */
const IMPORT_MODULE = /Promise\.resolve\(\)\.then\(\(\)=>\(([\w$]+)\(\),([\w$]+)\)\);[\w$]+\.then/

/** Has every property, and can be called. */
function anything(): unknown {
  return new Proxy(() => undefined, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything()),
    apply: anything,
    construct: () => ({ anything }),
    set: () => true,
  })
}
