import { types } from 'node:util'
import type { MessageOptions } from './message-context.js'
import type { KnownPorts, PortEnd } from './port-end.js'
import type { MessageId } from './shared-ports.js'

// Taken now: a traced program may put others in their place.
const { isProxy } = types
const { getOwnPropertyDescriptor } = Object

/** What becomes of a message between Node's own ports: nothing that the program did, or one end of an arrow. */
export type ThreadMessage =
  | { readonly slice: undefined; readonly from?: undefined; readonly isRelayed?: boolean }
  | {
      readonly slice: 'postMessageToThread' | 'workerMessage event'
      readonly from: MessageId
      readonly isRelayed?: undefined
    }

/**
 * Follows what `postMessageToThread` sends. It goes to the main thread, by a port that each thread has
 * for that, and from there on to the other one: the main thread says beside the second message which
 * one the first was, and the arrow leads from the first to where the second arrives.
 */
export class ThreadMessages {
  readonly #ports: MessageOptions['ports']
  readonly #known: KnownPorts
  /** The end of this thread's port, which Node.js shows to nobody, until it is first used. */
  #own: PortEnd | undefined
  /** The message that the main thread is handing on. */
  #relayed: MessageId | undefined

  constructor(ports: MessageOptions['ports'], known: KnownPorts, own: PortEnd | undefined) {
    this.#ports = ports
    this.#known = known
    this.#own = own
  }

  /** Who the port is, when it is one of Node's own for such messages; others go to the thread of its load hooks. */
  endOf(port: object, message: unknown): PortEnd | undefined {
    if (!isOurs(message)) return undefined
    const end = this.#known.internal(port)
    if (end !== undefined || this.#own === undefined) return end
    this.#known.addInternal(port, this.#own)
    this.#own = undefined
    return this.#known.internal(port)
  }

  /** To be asked before it is sent. */
  sending(id: MessageId, message: unknown): ThreadMessage {
    const type = typeOf(message)
    if (type === SENT) return { slice: 'postMessageToThread', from: id }
    if (type !== HANDED_ON) return NOTHING
    const from = this.#relayed
    if (from === undefined) return { slice: 'postMessageToThread', from: id }
    this.#ports.tell(id, RELAYED, { channel: from.channel, side: from.side, sent: from.number, received: 0 })
    return NOTHING
  }

  /** To be asked before it is handed to Node.js. */
  receiving(id: MessageId, message: unknown): ThreadMessage {
    const type = typeOf(message)
    if (type === HANDED_ON) {
      const first = this.#ports.find(id, RELAYED)
      const from = first === undefined ? id : { channel: first.channel, side: first.side, number: first.sent }
      return { slice: 'workerMessage event', from }
    }
    if (type !== SENT) return NOTHING
    if (plainValue(message, 'destination') === 0) return { slice: 'workerMessage event', from: id }
    return RELAY
  }

  /** What Node.js does from now on hands that message on; undefined when it is done. */
  relay(id: MessageId | undefined): void {
    this.#relayed = id
  }

  /** Whether ports in a message are of Node's own. */
  bringsInternal(message: unknown): boolean {
    return typeOf(message) === REGISTERS
  }
}

function isOurs(message: unknown): boolean {
  const type = typeOf(message)
  return type === SENT || type === HANDED_ON || type === REGISTERS || type === UNREGISTERS
}

function typeOf(message: unknown): unknown {
  return plainValue(message, 'type')
}

/** Without running a getter of the program's. */
export function plainValue(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || isProxy(value)) return undefined
  return getOwnPropertyDescriptor(value, key)?.value as unknown
}

/** How Node.js calls what it sends; checked on Node 20, 22, 24 and 26. */
const SENT = 'sendMessageToWorker'
const HANDED_ON = 'receiveMessageFromWorker'
const REGISTERS = 'registerMainThreadPort'
const UNREGISTERS = 'unregisterMainThreadPort'

const NOTHING: ThreadMessage = { slice: undefined }
const RELAY: ThreadMessage = { slice: undefined, isRelayed: true }
/** No port of a message stands at such a place. */
const RELAYED = 2 ** 30
