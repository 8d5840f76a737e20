import { compileFunction } from 'node:vm'
import type { SiteId } from '@tracer/core'
import { transformSync } from 'oxc-transform'
import { instrument, PROBE_NAMES, type Instrumented, type SourceLanguage } from '../src/index.js'
import type { ProgramCase } from './program-table.js'
import { FIRST_SITE_ID, SliceLog } from './slice-log.js'

const PROBE_GLOBAL = '__test_probes__'

let probeModules = 0

/** A new one each time, because a module keeps the probes that it found when it was first imported. */
function probeModule(): string {
  const names = PROBE_NAMES.join(',')
  return `data:text/javascript,export const {${names}}=globalThis.${PROBE_GLOBAL}//${probeModules++}`
}

/** What a program exports, as JSON text with room for what JSON lacks. */
export async function runBare({ program, kind }: ProgramCase): Promise<string> {
  return describe(() => evaluate(kind === 'typescript' ? compiled(program) : program, kind))
}

/** The same for the instrumented program, with what it called. */
export async function runInstrumented(programCase: ProgramCase): Promise<{ result: string; slices: string }> {
  const { kind } = programCase
  const { code, sites } = instrumentedProgram(programCase)
  const log = new SliceLog()
  log.sites = sites
  Reflect.set(globalThis, PROBE_GLOBAL, log.probes)
  const result = await describe(() => evaluate(kind === 'typescript' ? compiled(code) : code, kind))
  return { result, slices: log.toString() }
}

export function instrumentedProgram({ program, kind, trivialFunctions, promiseCallbacks }: ProgramCase): Instrumented {
  const language: SourceLanguage = kind === 'typescript' ? 'ts' : 'js'
  const result = instrument(program, {
    file: kind === 'typescript' ? '/src/program.ts' : '/src/program.js',
    format: kind === 'commonjs' ? 'commonjs' : 'module',
    language,
    firstSiteId: FIRST_SITE_ID as SiteId,
    probeModule: probeModule(),
    probeGlobal: PROBE_GLOBAL,
    trivialFunctions,
    promiseCallbacks,
  })
  if ('skipped' in result) throw new Error(`${result.skipped}: ${result.message}`)
  return result
}

function compiled(program: string): string {
  const { code, errors } = transformSync('program.ts', program, { target: 'esnext' })
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return code
}

async function describe(run: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await run(), (_, value: unknown) => {
      if (value === undefined) return 'undefined'
      return typeof value === 'function' ? `[function ${value.name}]` : value
    })
  } catch (error) {
    return `throws ${String(error)}`
  }
}

let imports = 0

async function evaluate(code: string, kind: ProgramCase['kind']): Promise<unknown> {
  if (kind === 'commonjs') {
    const module = { exports: {} as unknown }
    const run: unknown = compileFunction(code, ['exports', 'module'])
    if (typeof run === 'function') Reflect.apply(run, module.exports, [module.exports, module])
    return module.exports
  }
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}#${imports++}`
  const namespace: { readonly default: unknown } = await import(/* @vite-ignore */ url)
  return namespace.default
}
