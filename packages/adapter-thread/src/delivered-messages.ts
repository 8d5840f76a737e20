import type { SiteId } from '@tracer/core'
import { branchTo, DISPATCH, RECEIVED_PORTS, received } from './message-context.js'
import type { InternalPort, MessageContext, SliceName } from './message-context.js'
import type { MessageId } from './shared-ports.js'

/** Makes what is handed to ports slices, to which arrows lead. */
export class DeliveredMessages {
  readonly #context: MessageContext
  /** Ports to which the program is emitting events itself. */
  #emitting = 0

  constructor(context: MessageContext) {
    this.#context = context
    this.#hookDelivery()
  }

  /** Where Node.js hands a message to a port: a symbol of its own, which ports inherit from all event targets. */
  #hookDelivery(): void {
    const { seams } = this.#context
    const dispatch = this.#context.prototype[DISPATCH]
    const { emit } = this.#context.prototype
    if (dispatch === undefined || emit === undefined) return
    const receive = (port: InternalPort, args: readonly unknown[]): Delivery | undefined => {
      const isMessage = (args[1] === 'message' || args[1] === 'messageerror') && args[2] === undefined
      return isMessage && this.#emitting === 0 ? this.#receive(port, args[0]) : undefined
    }
    const finish = (delivery: Delivery): void => {
      this.#finish(delivery)
    }
    const known = this.#context.known
    // All in one function: every frame takes one from the stacks of listeners.
    const replacement = {
      [DISPATCH](this: InternalPort, ...args: unknown[]): unknown {
        const delivery = receive(this, args)
        if (delivery === undefined) return seams.call(dispatch, this, args)
        try {
          return seams.call(dispatch, this, args)
        } finally {
          finish(delivery)
        }
      },
    }
    seams.disguise(replacement[DISPATCH], dispatch)
    Object.defineProperty(this.#context.prototype, DISPATCH, {
      ...PLAIN,
      enumerable: false,
      value: replacement[DISPATCH],
    })
    const change = (by: number): void => {
      this.#emitting += by
    }
    const own = {
      // What the program emits itself was sent by nobody.
      emit(this: InternalPort, ...args: unknown[]): unknown {
        if (known.of(this) === undefined) return seams.call(emit, this, args)
        change(1)
        try {
          return seams.call(emit, this, args)
        } finally {
          change(-1)
        }
      },
    }
    seams.replaceMethod(Object.getPrototypeOf(this.#context.prototype) as InternalPort, 'emit', own.emit)
  }

  /** What is about to be handed over; undefined when nothing is known of it. */
  #receive(port: InternalPort, content: unknown): Delivery | undefined {
    const end = this.#context.known.of(port)
    if (end !== undefined) {
      const message = received(end)
      const delivery = this.#deliver('message event', this.#context.slices.keyOf(message))
      this.#learn(port, message)
      return delivery
    }
    const member = this.#context.broadcasts.of(port)
    if (member !== undefined) {
      const delivery = this.#deliver('message event')
      branchTo(member, this.#context)
      return delivery
    }
    const own = this.#context.toThreads.endOf(port, content)
    return own === undefined ? undefined : this.#receiveInternal(port, received(own), content)
  }

  #receiveInternal(port: InternalPort, message: MessageId, content: unknown): Delivery | undefined {
    this.#learn(port, message, this.#context.toThreads.bringsInternal(content))
    const { slice, from, isRelayed } = this.#context.toThreads.receiving(message, content)
    if (slice !== undefined) return this.#deliver(slice, this.#context.slices.keyOf(from))
    if (isRelayed !== true) return undefined
    this.#context.toThreads.relay(message)
    return RELAYED
  }

  /** Begins the slice of what is handed over, to which the arrow `key` leads. */
  #deliver(slice: SliceName, key?: string): Delivery {
    const { probes } = this.#context
    const site = this.#context.slices.siteOf(slice)
    const begun = probes.enter(site)
    if (key !== undefined) probes.events.flow(key)
    const emitting = this.#emitting
    // What a listener delivers is another message.
    this.#emitting = 0
    return { site, begun, emitting }
  }

  #finish({ site, begun, emitting }: Delivery): void {
    if (site === undefined) {
      this.#context.toThreads.relay(undefined)
      return
    }
    this.#emitting = emitting
    this.#context.probes.exit(site, begun)
  }

  /** Who the ports are that come with a message. */
  #learn(port: InternalPort, message: MessageId, isInternal = false): void {
    const moved = port[RECEIVED_PORTS]
    if (moved === undefined) return
    for (let i = 0; i < moved.length; i++) {
      const end = this.#context.ports.find(message, i)
      if (end !== undefined && isInternal) this.#context.known.addInternal(moved[i], end)
      else if (end !== undefined) this.#context.known.add(moved[i], end)
    }
  }
}

/** A message that is being handed over, as a slice or as what Node.js hands on. */
interface Delivery {
  readonly site: SiteId | undefined
  readonly begun: number
  readonly emitting: number
}

const PLAIN = { configurable: true, enumerable: true, writable: true }
const RELAYED: Delivery = { site: undefined, begun: 0, emitting: 0 }
