import { constants, Script } from 'node:vm'
import type { ModuleInstrumenter } from './module-instrumenter.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'

/** The file name under which Node.js compiles what surrounds the text given to `--eval`. */
export const EVAL_WRAPPER = '[eval]-wrapper'

const EVAL_FILE = '[eval]'

/**
 * Evaluates the text given to `--eval`, with probes; undefined when there is none or it is to run
 * as it is. An ES module is left alone: no hook sees it.
 */
export function evalProgram(instrumenter: ModuleInstrumenter): (() => unknown) | undefined {
  const code = internalProcess._eval
  if (code === undefined) return undefined
  const source = { file: EVAL_FILE, code, format: 'script', language: 'js' } as const
  if (instrumenter.isModule(source)) {
    instrumenter.skip(EVAL_FILE, 'eval-module', 'no hook sees an ES module given to --eval: save it to a file')
    return undefined
  }
  const ready = instrumenter.instrument(source)
  if (/\bimport\s*\(/.test(code)) hideImportWarning()
  return (): unknown => compiled(code, ready, instrumenter).runInThisContext({ displayErrors: true }) as unknown
}

function compiled(code: string, ready: string, instrumenter: ModuleInstrumenter): Script {
  const options = {
    filename: EVAL_FILE,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }
  try {
    return new Script(ready, options)
  } catch (error) {
    if (ready === code || !instrumenter.withdraw(EVAL_FILE, ready)) throw error
    return new Script(code, options)
  }
}

/** Node.js warns that the way in which the text below may import is experimental; the program did not choose it. */
function hideImportWarning(): void {
  const { emitWarning } = internalProcess
  replaceMethod(internalProcess, 'emitWarning', function emit(this: InternalProcess, warning, ...rest) {
    if (typeof warning === 'string' && warning.includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')) return
    emitWarning.call(this, warning, ...rest)
  })
}
