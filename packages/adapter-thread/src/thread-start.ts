import { BIRTH_KEY, type Birth } from './birth.js'
import { portsWithin } from './message-ports.js'
import type { MessageOptions } from './message-context.js'
import { plainEnd, type KnownPorts } from './port-end.js'
import { plainValue } from './thread-messages.js'

/** What a new thread is told besides its ports. */
export type NewBirth = Omit<Birth, 'ports' | 'threadsPort' | 'parentPort' | 'workerDataPorts'>

/** The first message to a new thread, from Node.js itself. */
export interface StartMessage {
  readonly type: 'loadScript'
  readonly publicPort: object
  /** For messages by thread id. */
  readonly mainThreadPort?: object
  readonly workerData: unknown
  readonly environmentData: Map<unknown, unknown>
  readonly isInternal?: boolean
  readonly doEval?: boolean | string
}

export function isStart(message: unknown): message is StartMessage {
  return (
    plainValue(message, 'type') === 'loadScript' &&
    plainValue(message, 'publicPort') !== undefined &&
    plainValue(message, 'environmentData') !== undefined
  )
}

/** Sends it; what the thread has to know goes along. */
export function startThread<Result>(
  message: StartMessage,
  { seams, probes, birthOf, ports }: MessageOptions,
  known: KnownPorts,
  portPrototype: object,
  send: () => Result,
): Result {
  const birth = birthOf()
  const { environmentData, mainThreadPort } = message
  if (mainThreadPort !== undefined) known.leaveAlone(mainThreadPort)
  // A thread of Node's own, such as that of load hooks.
  if (message.isInternal === true || message.doEval === 'internal') known.leaveAlone(message.publicPort)
  if (birth === undefined) return send()
  const told: Birth = {
    ...birth,
    ports: ports.shared,
    threadsPort: mainThreadPort === undefined ? undefined : plainEnd(known.internal(mainThreadPort)),
    parentPort: plainEnd(known.of(message.publicPort)),
    workerDataPorts: (portsWithin(message.workerData, portPrototype) ?? []).map((moved) => plainEnd(known.of(moved))),
  }
  probes.events.flow(ports.keyOfThread(birth.threadId))
  seams.undisturbed(() => environmentData.set(BIRTH_KEY, told))
  try {
    return send()
  } finally {
    seams.undisturbed(() => environmentData.delete(BIRTH_KEY))
  }
}
