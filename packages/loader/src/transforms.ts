import { detectFormat, instrument, type ModuleFormat } from '@tracer/instrument'
import { transformSync } from 'oxc-transform'
import type { CompiledTypeScript, Transforms } from './module-instrumenter.js'

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

const transforms: Transforms = { instrument, compileTypeScript, detectFormat }

export { transforms }
