import { readFileSync } from 'node:fs'
import type { LoadFnOutput } from 'node:module'
import { fileURLToPath } from 'node:url'
import { TextDecoder } from 'node:util'
import { isDataUrl } from './data-url.js'
import { declaredFormat } from './declared-format.js'
import type { ModuleInstrumenter } from './module-instrumenter.js'
import { compiledFormat, isTypeScript, textKindOf } from './module-text.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { typeScriptCandidates } from './typescript-resolution.js'

/**
 * What a load hook does with what the hooks after it loaded: gives an ES module its probes. Shared
 * by the hooks on the loading thread and those on a thread of their own. CommonJS is left to the
 * require hook, through which it passes later.
 */
export function instrumentLoaded(
  url: string,
  loaded: LoadFnOutput,
  instrumenter: ModuleInstrumenter,
  texts: InstrumentedTexts | undefined,
): LoadFnOutput {
  const { format, source } = loaded
  if (format !== 'module' && format !== 'module-typescript') return loaded
  if (!url.startsWith('file:') && !isDataUrl(url)) return loaded
  const kind = textKindOf(format)
  if (source == null || kind === undefined || instrumenter.isBusy) return loaded
  const file = isDataUrl(url) ? url : fileURLToPath(url)
  if (!instrumenter.selects(file)) return loaded
  const input = { file, code: textOf(source), ...kind }
  if (kind.language === 'js') {
    const code = instrumenter.instrument(input)
    texts?.pass(code)
    return { ...loaded, source: code }
  }
  const { code, isErasable } = instrumenter.instrumentTypeScript(input)
  const result = isErasable ? loaded : { ...loaded, format: compiledFormat(format) }
  texts?.pass(code)
  return { ...result, source: code }
}

/** Loads TypeScript where Node.js cannot and no hook of the user's did. */
export function loadTypeScript(url: string, instrumenter: ModuleInstrumenter): LoadFnOutput {
  const file = fileURLToPath(url)
  const code = readFileSync(file, 'utf8')
  const language = /tsx(?:[?#].*)?$/.test(url) ? 'tsx' : 'ts'
  const declared = declaredFormat(file)
  const source = { file, code, language, format: declared ?? 'unknown' } as const
  const isModule = declared === undefined ? instrumenter.isModule(source) : declared === 'module'
  // Without a source, Node.js asks the CommonJS loader for the file, which knows TypeScript by then.
  if (!isModule) return { format: 'commonjs', shortCircuit: true }
  return { format: 'module', source: instrumenter.compile({ ...source, format: 'module' }), shortCircuit: true }
}

/** Whether an error is Node's way of saying that it does not know TypeScript. */
export function isUnknownTypeScript(url: string, error: unknown): boolean {
  return (
    url.startsWith('file:') &&
    isTypeScript(url) &&
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_UNKNOWN_FILE_EXTENSION'
  )
}

/** What to try for a specifier of a TypeScript file that was not found. */
export function candidatesFor(specifier: string, parentUrl: string | undefined, error: unknown): readonly string[] {
  if (parentUrl === undefined || !isTypeScript(parentUrl)) return []
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT'
  return isMissing ? typeScriptCandidates(specifier) : []
}

const decoder = new TextDecoder()

function textOf(source: NonNullable<LoadFnOutput['source']>): string {
  return typeof source === 'string' ? source : decoder.decode(source)
}
