import { constants, Script } from 'node:vm'
import { isMainThread } from 'node:worker_threads'
import type { ModuleInstrumenter } from './module-instrumenter.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { withOwnBuiltins } from './own-builtins.js'

/** File names that Node.js gives to the text of `--eval` and to that of a worker with `eval: true`, as stacks show them. */
const EVAL_FILE = isMainThread ? '[eval]' : '[worker eval]'

/** The file name under which Node.js compiles what surrounds that text. */
export const EVAL_WRAPPER = `${EVAL_FILE}-wrapper`

/**
 * Evaluates the text that the thread was started with in place of a file, with probes; undefined
 * when there is none or it is to run as it is. An ES module is left alone: no hook sees it.
 */
export function evalProgram(instrumenter: ModuleInstrumenter): () => (() => unknown) | undefined {
  // What a worker was given is known when it is compiled, and is a script then.
  if (!isMainThread) return () => withOwnBuiltins(() => evaluation(instrumenter))
  const evaluate = hasModule(instrumenter) ? undefined : evaluation(instrumenter)
  return () => evaluate
}

function hasModule(instrumenter: ModuleInstrumenter): boolean {
  const code = internalProcess._eval
  if (code === undefined || !instrumenter.isModule(sourceOf(code))) return false
  instrumenter.skip(EVAL_FILE, 'eval-module', 'no hook sees an ES module given to --eval: save it to a file')
  return true
}

function evaluation(instrumenter: ModuleInstrumenter): (() => unknown) | undefined {
  const code = internalProcess._eval
  if (code === undefined) return undefined
  const ready = instrumenter.instrument(sourceOf(code))
  // Such as TypeScript: Node.js knows what to do with it.
  if (ready === code) return undefined
  const script = compiled(ready, instrumenter)
  if (script === undefined) return undefined
  if (/\bimport\s*\(/.test(code)) hideImportWarning()
  return (): unknown => script.runInThisContext({ displayErrors: true }) as unknown
}

/** Undefined when V8 does not like the text with probes. */
function compiled(ready: string, instrumenter: ModuleInstrumenter): Script | undefined {
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  try {
    return new Script(ready, { filename: EVAL_FILE, importModuleDynamically })
  } catch {
    instrumenter.withdraw(EVAL_FILE, ready)
    return undefined
  }
}

function sourceOf(code: string): Parameters<ModuleInstrumenter['instrument']>[0] {
  return { file: EVAL_FILE, code, format: 'script', language: 'js' }
}

/** Node.js warns that the way in which the text below may import is experimental; the program did not choose it. */
function hideImportWarning(): void {
  const { emitWarning } = internalProcess
  replaceMethod(internalProcess, 'emitWarning', function emit(this: InternalProcess, warning, ...rest) {
    if (typeof warning === 'string' && warning.includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')) return
    emitWarning.call(this, warning, ...rest)
  })
}
