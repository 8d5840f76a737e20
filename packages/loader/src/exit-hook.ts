import type { CoverageEnd } from './coverage-hook.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'

/** What is to be done when a thread ends; again, when more has come since. */
export interface ThreadEnd {
  /** `exitCode` is that of the process, where it is known; some versions take text for it too. */
  finish(exitCode?: unknown): void
}

/**
 * Saves what a thread recorded however it ends in order: at its last line, by `process.exit`, by
 * an uncaught exception; of signals see `watchSignals`.
 */
export function hookExit(recorder: ThreadEnd, coverage: CoverageEnd | undefined): void {
  const { emit, reallyExit } = internalProcess
  // Where `process` inherits from, as it inherits the original: it has no such property of its own.
  const inherited = Object.getPrototypeOf(process) as InternalProcess

  // Not an `exit` listener: those of the program run after it, and could count it.
  replaceMethod(inherited, 'emit', function emitAndFinish(this: InternalProcess, ...args) {
    try {
      return call(emit, this, args)
    } finally {
      if (args[0] === 'exit' && this === internalProcess) {
        recorder.finish(internalProcess.exitCode ?? args[1] ?? 0)
        if (coverage !== undefined) withOwnBuiltins(coverage.afterExitEvent)
      }
    }
  })
  const methods = {
    reallyExit(this: InternalProcess, code?: number): never {
      recorder.finish(code)
      if (coverage !== undefined) withOwnBuiltins(coverage.prepare)
      return call(reallyExit, this, [code])
    },
  }
  replaceMethod(internalProcess, 'reallyExit', methods.reallyExit)
}
