import { isMainThread } from 'node:worker_threads'
import type { CoverageEnd } from './coverage-hook.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import type { ThreadRecorder } from '@tracer/recorder'

/**
 * Saves what a thread recorded however it ends in order: at its last line, by `process.exit`, by
 * an uncaught exception, by SIGINT, SIGTERM or SIGHUP.
 */
export function hookExit(recorder: ThreadRecorder, coverage: CoverageEnd | undefined): void {
  const { emit, reallyExit } = internalProcess

  // Not an `exit` listener: those of the program run after it, and could count it.
  replaceMethod(internalProcess, 'emit', function emitAndFinish(this: InternalProcess, event, ...args) {
    try {
      return emit.call(this, event, ...args)
    } finally {
      if (event === 'exit' && this === internalProcess) {
        recorder.finish()
        coverage?.afterExitEvent()
      }
    }
  })
  replaceMethod(internalProcess, 'reallyExit', function flushAndExit(this: InternalProcess, code) {
    recorder.finish()
    coverage?.prepare()
    return reallyExit.call(this, code)
  })
  if (isMainThread) for (const signal of ENDING_SIGNALS) finishOn(signal, recorder, coverage)
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A program that listens to the signal itself decides what it means; any other one ends by it, as it would have. */
function finishOn(
  signal: (typeof ENDING_SIGNALS)[number],
  recorder: ThreadRecorder,
  coverage: CoverageEnd | undefined,
): void {
  const listener = (): void => {
    if (process.listenerCount(signal) > 1) return
    recorder.finish()
    process.removeListener(signal, listener)
    const kill = (): void => void process.kill(process.pid, signal)
    if (coverage === undefined) kill()
    else coverage.endUnwritten(kill)
  }
  process.on(signal, listener)
}
