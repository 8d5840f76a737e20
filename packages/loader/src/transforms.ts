import {
  detectFormat,
  instrument,
  overflowOfParser,
  type InstrumentOptions,
  type ModuleFormat,
} from '@tracer/instrument'
import { packSite } from '@tracer/spool'
import { transformSync } from 'oxc-transform'
import { rejectionOf } from './rejection.js'
import type { CheckedResult, CompiledTypeScript, Transforms } from './module-instrumenter.js'

/** Where Node.js cannot run TypeScript itself, or not this TypeScript. */
function compileTypeScript(code: string, file: string, format: ModuleFormat): CompiledTypeScript {
  const overflow = overflowOfParser(code)
  if (overflow !== undefined) throw new SyntaxError(`cannot compile ${file}: ${overflow}`)
  const result = transformSync(file, code, {
    // Decides how it gets its helpers: by import or by require.
    sourceType: format === 'module' || format === 'commonjs' ? format : 'unambiguous',
    sourcemap: true,
    target: 'node20.19',
    decorator: { legacy: true },
  })
  const error = result.errors.find(({ severity }) => String(severity) === 'Error')
  if (error !== undefined || result.map === undefined) {
    throw new SyntaxError(error?.codeframe ?? error?.message ?? `cannot compile ${file}`)
  }
  return { code: result.code, map: { ...result.map, sources: [file] } }
}

/**
 * An ES module that V8 rejects cannot be replaced any more, so it is checked here, before it goes to
 * the cache. CommonJS can be; TypeScript is no text for V8 yet.
 */
function instrumentChecked(code: string, options: InstrumentOptions): CheckedResult {
  const instrumented = instrument(code, options)
  if ('skipped' in instrumented) return instrumented
  const { asScript, ...result } = instrumented
  const script = options.language === 'js' ? asScript() : undefined
  const rejection = script === undefined ? undefined : rejectionOf(script)
  // What only scripts take for comments may be all that is wrong.
  if (rejection !== undefined && !/<!--|-->/.test(code)) return { skipped: 'rejected', message: rejection }
  const sites = JSON.stringify(result.sites.map((site) => packSite(site, options.file)))
  return { ...result, siteCount: result.sites.length, sites }
}

const transforms: Transforms = { instrument: instrumentChecked, compileTypeScript, detectFormat }

export { transforms }
