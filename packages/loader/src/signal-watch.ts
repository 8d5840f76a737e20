import { ENDING_SIGNALS, type EndingSignal, type EndingSignals } from '@tracer/recorder'
import type { CoverageEnd } from './coverage-hook.js'
import type { ThreadEnd } from './exit-hook.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'

type EmitArguments = Parameters<InternalProcess['emit']>

/**
 * Saves what was recorded when a signal is about to end the process. Node.js catches a signal from
 * its first listener to its last; so that the program finds no listener of ours, ours is taken out
 * of the list again without a word to Node.js. A program that listens to the signal itself decides
 * what it means; any other one ends by it, as it would have. While it is too busy for that, the
 * recorder does it, which hears by `endings` what is listened to.
 *
 * Nothing is caught before the function that is returned is called: there may be nothing to save.
 */
export function watchSignals(
  recorder: ThreadEnd,
  coverage: CoverageEnd | undefined,
  endings: EndingSignals,
): () => void {
  const { kill, on, removeListener } = process
  const inherited = Object.getPrototypeOf(process) as InternalProcess
  const { emit } = inherited
  const noListener = (): void => undefined

  /** Node.js binds the `emit` that it finds when it begins to catch a signal: here, this one. */
  function deliver(signal: EndingSignal, args: EmitArguments): boolean {
    endings.noteTaken(signal)
    // Later than in Node.js, so that a program which has replaced `emit` is asked as well.
    if (internalProcess._events[signal] !== undefined) {
      const current = internalProcess.emit
      return call(current, internalProcess, args)
    }
    recorder.finish()
    withOwnBuiltins(() => {
      endings.awaitRelease()
      release(signal)
    })
    const end = (): void => void call(kill, process, [process.pid, signal])
    if (coverage === undefined) end()
    else withOwnBuiltins(() => coverage.endUnwritten(end))
    return false
  }

  function watch(signal: EndingSignal): void {
    // Then it is caught already, and watched when that is over.
    if (internalProcess._events[signal] !== undefined) return
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

  let isWatching = false
  let isReleased = false
  replaceMethod(inherited, 'emit', function emitAndWatch(this: InternalProcess, ...args) {
    // No destructuring: iterators may be the program's.
    const event = args[0]
    const signal = args[1]
    if (this !== internalProcess) return call(emit, this, args)
    // Node.js calls this one with a signal that was listened to before it was watched.
    if (isEnding(event)) endings.noteTaken(event)
    if (event === 'newListener' && isEnding(signal)) endings.setListened(signal, true)
    const result = call(emit, this, args)
    if (event === 'removeListener' && isEnding(signal) && internalProcess._events[signal] === undefined) {
      endings.setListened(signal, false)
      if (isWatching && !isReleased) withOwnBuiltins(() => watch(signal))
    }
    return result
  })
  return () => {
    if (isWatching) return
    isWatching = true
    for (const signal of ENDING_SIGNALS) watch(signal)
    endings.watch()
  }
}

function isEnding(signal: unknown): signal is EndingSignal {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
}
