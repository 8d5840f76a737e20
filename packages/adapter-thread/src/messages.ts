import type { Birth } from './birth.js'
import { Broadcasts, type BroadcastClass } from './broadcasts.js'
import { DeliveredMessages } from './delivered-messages.js'
import { MessageSlices, type InternalPort, type MessageContext, type MessageOptions } from './message-context.js'
import { portsWithin } from './message-ports.js'
import { KnownPorts, type PortEnd } from './port-end.js'
import { SentMessages } from './sent-messages.js'
import type { SharedPorts } from './shared-ports.js'
import { TakenMessages, type ReceivingThreads } from './taken-messages.js'
import { ThreadMessages } from './thread-messages.js'

/** `node:worker_threads`, as far as it is asked for here. */
export interface MessagingThreads extends ReceivingThreads {
  readonly MessagePort: { readonly prototype: InternalPort }
  readonly MessageChannel: { readonly prototype: object }
  readonly BroadcastChannel: BroadcastClass
}

/**
 * Makes each message a slice on the sending and on the receiving thread, and an arrow between them,
 * without a change to what is sent: messages of one end of a channel arrive in the order in which
 * they were sent, so each side counts them. Who a port is, is known from where its channel is made;
 * where a port comes from is said beside the message it comes in. One of which that is not known is
 * left alone, and has no arrows.
 */
export class Messages {
  readonly #known = new KnownPorts()
  readonly #prototype: InternalPort

  constructor(options: MessageOptions, threads: MessagingThreads, birth: Birth | undefined) {
    const { ports, probes } = options
    this.#prototype = threads.MessagePort.prototype
    const context: MessageContext = {
      ...options,
      known: this.#known,
      broadcasts: new Broadcasts(ports.broadcasts, threads.BroadcastChannel),
      toThreads: new ThreadMessages(ports, this.#known, birth?.threadsPort),
      prototype: this.#prototype,
      slices: new MessageSlices(probes, ports),
    }
    this.#hookChannels(threads.MessageChannel.prototype, ports)
    void new SentMessages(context)
    void new DeliveredMessages(context)
    void new TakenMessages(context, threads)
  }

  /** Says who a port is. */
  add(port: object | null | undefined, end: PortEnd | undefined): void {
    if (port !== null && port !== undefined && end !== undefined) this.#known.add(port, end)
  }

  /** Says who the ports are that a thread was given with its data. */
  addWithin(value: unknown, ends: readonly (PortEnd | undefined)[]): void {
    if (ends.length === 0) return
    const ports = portsWithin(value, this.#prototype) ?? []
    for (let i = 0; i < ports.length; i++) this.add(ports[i], ends[i])
  }

  /** Node.js sets both ports of a new channel as properties: what it inherits from hears of it. */
  #hookChannels(prototype: object, ports: SharedPorts): void {
    let channel = 0
    const added = (side: 0 | 1): ((this: object, port: object) => void) =>
      function set(this: object, port: object): void {
        define(this, side === 0 ? 'port1' : 'port2', { ...PLAIN, value: port })
        if (side === 0) channel = ports.newChannel()
        known.addNew(port, side, channel)
      }
    const known = this.#known
    const { defineProperty: define } = Object
    define(prototype, 'port1', { configurable: true, enumerable: false, get: () => undefined, set: added(0) })
    define(prototype, 'port2', { configurable: true, enumerable: false, get: () => undefined, set: added(1) })
  }
}

const PLAIN = { configurable: true, enumerable: true, writable: true }
