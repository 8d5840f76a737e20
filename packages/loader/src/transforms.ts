import { detectFormat, instrument, type InstrumentOptions, type ModuleFormat, type Skipped } from '@tracer/instrument'
import { packSite } from '@tracer/spool'
import { transformSync } from 'oxc-transform'
import type { CompiledTypeScript, InstrumentedModule, Transforms } from './module-instrumenter.js'

/** Where Node.js cannot run TypeScript itself, or not this TypeScript. */
function compileTypeScript(code: string, file: string, format: ModuleFormat): CompiledTypeScript {
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

function instrumentModule(code: string, options: InstrumentOptions): InstrumentedModule | Skipped {
  const result = instrument(code, options)
  if ('skipped' in result) return result
  const sites = JSON.stringify(result.sites.map((site) => packSite(site, options.file)))
  return { ...result, siteCount: result.sites.length, sites }
}

const transforms: Transforms = { instrument: instrumentModule, compileTypeScript, detectFormat }

export { transforms }
