import type { Session } from 'node:inspector'
import { constants } from 'node:os'
import type { EndingSignal } from './ending-signals.js'

/** What Node.js catches a signal with: `Signal`, of its C++ side. Checked on Node 20, 22, 24 and 26. */
interface SignalHandle {
  onsignal: () => void
  /** 0, or an error. */
  start(number: number): number
  unref(): void
  close(): void
}

type SignalHandleClass = new () => SignalHandle

/**
 * Calls `onSignal` on this thread, when its event loop runs, whenever the process gets a signal;
 * until the function that is returned is called. Node.js lets main threads do that only, so its
 * class is taken from where it stands: in the scope of one of its functions, where a debugger sees it.
 *
 * @throws Error where Node.js is built another way.
 */
export function catchSignals(signals: readonly EndingSignal[], onSignal: (signal: EndingSignal) => void): () => void {
  const Signal = signalHandleClass()
  const handles = signals.map((signal) => {
    const handle = new Signal()
    handle.unref()
    handle.onsignal = () => {
      onSignal(signal)
    }
    handle.start(constants.signals[signal])
    return handle
  })
  return () => {
    for (const handle of handles) handle.close()
  }
}

function signalHandleClass(): SignalHandleClass {
  const { Session } = process.getBuiltinModule('node:inspector')
  const session = new Session()
  session.connect()
  try {
    const binding = internalBindingOf(session)
    const found: { Signal?: SignalHandleClass } = {}
    Object.defineProperty(globalThis, FOUND, { value: found, configurable: true })
    session.post('Runtime.callFunctionOn', {
      objectId: binding,
      functionDeclaration: `function () { globalThis['${FOUND}'].Signal = this('signal_wrap').Signal }`,
    })
    Reflect.deleteProperty(globalThis, FOUND)
    if (found.Signal === undefined) throw new Error('there is no Signal')
    return found.Signal
  } finally {
    session.disconnect()
  }
}

/** The debugger's name of the function by which Node.js gets at its C++ side. */
function internalBindingOf(session: Session): string {
  let scopes: string | undefined
  let binding: string | undefined
  // Within one thread, answers come at once.
  session.post('Runtime.evaluate', { expression: 'process.binding' }, (_, answer) => {
    session.post('Runtime.getProperties', { objectId: answer.result.objectId ?? '' }, (__, { internalProperties }) => {
      scopes = internalProperties?.find(({ name }) => name === '[[Scopes]]')?.value?.objectId
    })
  })
  session.post('Runtime.getProperties', { objectId: scopes ?? '', ownProperties: true }, (_, { result }) => {
    for (const { value } of result) {
      if (value?.objectId === undefined || value.description === 'Object') continue
      session.post('Runtime.getProperties', { objectId: value.objectId }, (__, scope) => {
        binding ??= scope.result.find(({ name }) => name === 'internalBinding')?.value?.objectId
      })
      if (binding !== undefined) break
    }
  })
  if (binding === undefined) throw new Error('there is no internalBinding')
  return binding
}

const FOUND = '@tracer/recorder/signal-handle'
