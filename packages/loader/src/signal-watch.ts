import type { CoverageEnd } from './coverage-hook.js'
import type { ThreadEnd } from './exit-hook.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

type EndingSignal = (typeof ENDING_SIGNALS)[number]

type EmitArguments = Parameters<InternalProcess['emit']>

/**
 * Saves what was recorded when a signal is about to end the process. Node.js catches a signal from
 * its first listener to its last; so that the program finds no listener of ours, ours is taken out
 * of the list again without a word to Node.js. A program that listens to the signal itself decides
 * what it means; any other one ends by it, as it would have.
 */
export function watchSignals(recorder: ThreadEnd, coverage: CoverageEnd | undefined): void {
  const { kill, on, removeListener } = process
  const inherited = Object.getPrototypeOf(process) as InternalProcess
  const { emit } = inherited
  const noListener = (): void => undefined

  /** Node.js binds the `emit` that it finds when it begins to catch a signal: here, this one. */
  function deliver(signal: EndingSignal, args: EmitArguments): boolean {
    // Later than in Node.js, so that a program which has replaced `emit` is asked as well.
    if (internalProcess._events[signal] !== undefined) {
      const current = internalProcess.emit
      return call(current, internalProcess, args)
    }
    recorder.finish()
    withOwnBuiltins(() => release(signal))
    const end = (): void => void call(kill, process, [process.pid, signal])
    if (coverage === undefined) end()
    else withOwnBuiltins(() => coverage.endUnwritten(end))
    return false
  }

  function watch(signal: EndingSignal): void {
    const own = Object.getOwnPropertyDescriptor(process, 'emit')
    const emitOrDeliver = function (this: InternalProcess, ...args: EmitArguments): boolean {
      return args[0] === signal ? deliver(signal, args) : call(emit, this, args)
    }
    Object.defineProperty(process, 'emit', { value: emitOrDeliver, configurable: true })
    try {
      call(on, process, [signal, noListener])
    } finally {
      Reflect.deleteProperty(process, 'emit')
      if (own !== undefined) Object.defineProperty(process, 'emit', own)
    }
    Reflect.deleteProperty(internalProcess._events, signal)
    internalProcess._eventsCount--
  }

  /** Lets Node.js stop catching it. */
  function release(signal: EndingSignal): void {
    isReleased = true
    call(on, process, [signal, noListener])
    call(removeListener, process, [signal, noListener])
  }

  let isReleased = false
  replaceMethod(inherited, 'emit', function emitAndWatch(this: InternalProcess, ...args) {
    const result = call(emit, this, args)
    const signal = args[1]
    if (args[0] === 'removeListener' && this === internalProcess && !isReleased && isEnding(signal)) {
      if (internalProcess._events[signal] === undefined) withOwnBuiltins(() => watch(signal))
    }
    return result
  })
  for (const signal of ENDING_SIGNALS) watch(signal)
}

function isEnding(signal: unknown): signal is EndingSignal {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
}
