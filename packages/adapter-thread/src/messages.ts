import type { SiteId } from '@tracer/core'
import type { Birth } from './birth.js'
import { Broadcasts, type BroadcastClass, type Member } from './broadcasts.js'
import { portsWithin, transferredPorts } from './message-ports.js'
import { KnownPorts, type PortEnd } from './port-end.js'
import type { BuiltInProbes, Seams } from './seams.js'
import type { MessageId, SharedPorts } from './shared-ports.js'
import { ThreadMessages } from './thread-messages.js'
import { isStart, startThread, type NewBirth } from './thread-start.js'

/** What the hooks work with. */
export interface MessageOptions {
  readonly seams: Seams
  readonly probes: BuiltInProbes
  readonly ports: SharedPorts
  /** What the thread that is being started is told; undefined while none is. */
  readonly birthOf: () => NewBirth | undefined
}

/** `node:worker_threads`, as far as it is asked for here. */
export interface MessagingThreads {
  readonly MessagePort: { readonly prototype: InternalPort }
  readonly MessageChannel: { readonly prototype: object }
  readonly BroadcastChannel: BroadcastClass
  receiveMessageOnPort: (port: object) => { readonly message: unknown } | undefined
}

/**
 * Makes each message a slice on the sending and on the receiving thread, and an arrow between them,
 * without a change to what is sent: messages of one end of a channel arrive in the order in which
 * they were sent, so each side counts them. Who a port is, is known from where its channel is made;
 * where a port comes from is said beside the message it comes in. One of which that is not known is
 * left alone, and has no arrows.
 */
export class Messages {
  readonly #options: MessageOptions
  readonly #known = new KnownPorts()
  readonly #broadcasts: Broadcasts
  readonly #toThreads: ThreadMessages
  readonly #prototype: InternalPort
  #sites: ReturnType<typeof sitesOf> | undefined
  /** Ports to which the program is emitting events itself. */
  #emitting = 0

  constructor(options: MessageOptions, threads: MessagingThreads, birth: Birth | undefined) {
    const { ports } = options
    this.#options = options
    this.#prototype = threads.MessagePort.prototype
    this.#broadcasts = new Broadcasts(ports.broadcasts, threads.BroadcastChannel)
    this.#toThreads = new ThreadMessages(ports, this.#known, birth?.threadsPort)
    this.#hookChannels(threads.MessageChannel.prototype)
    this.#hookSending()
    this.#hookDelivery()
    this.#hookReceiving(threads)
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
  #hookChannels(prototype: object): void {
    let channel = 0
    const added = (side: 0 | 1): ((this: object, port: object) => void) =>
      function set(this: object, port: object): void {
        define(this, side === 0 ? 'port1' : 'port2', { ...PLAIN, value: port })
        if (side === 0) channel = ports.newChannel()
        known.addNew(port, side, channel)
      }
    const { ports } = this.#options
    const known = this.#known
    const { defineProperty: define } = Object
    define(prototype, 'port1', { configurable: true, enumerable: false, get: () => undefined, set: added(0) })
    define(prototype, 'port2', { configurable: true, enumerable: false, get: () => undefined, set: added(1) })
  }

  #hookSending(): void {
    const { seams } = this.#options
    const { postMessage } = this.#prototype
    const send = (port: InternalPort, args: unknown[]): unknown => {
      const end = known.of(port)
      if (end !== undefined) return this.#send(postMessage, port, end, args)
      const member = this.#broadcasts.of(port)
      if (member !== undefined) return this.#broadcast(postMessage, port, member, args)
      const own = this.#toThreads.endOf(port, args[0])
      if (own !== undefined) return this.#sendInternal(postMessage, port, own, args)
      const run = (): unknown => seams.call(postMessage, port, args)
      const [message] = args
      if (isStart(message)) return startThread(message, this.#options, known, this.#prototype, run)
      // Who receives them cannot be told who they are.
      const lost = args.length < 2 ? undefined : transferredPorts(args[1], this.#prototype)
      if (lost !== undefined) for (let i = 0; i < lost.length; i++) known.leaveAlone(lost[i])
      return run()
    }
    const known = this.#known
    const replacement = {
      postMessage(this: InternalPort, ...args: unknown[]): unknown {
        return send(this, args)
      },
    }
    seams.replaceMethod(this.#prototype, 'postMessage', replacement.postMessage)
  }

  #send(postMessage: InternalPort['postMessage'], port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes } = this.#options
    const message: MessageId = { channel: end.channel, side: end.side, number: end.sent }
    const moved = this.#tell(message, args)
    const site = this.#siteOf('postMessage')
    const begun = probes.enter(site)
    const atTicks = probes.events.now()
    try {
      const result = seams.call(postMessage, port, args)
      end.sent++
      this.#forget(moved)
      probes.events.flow(this.#keyOf(message), atTicks)
      return result
    } finally {
      probes.exit(site, begun)
    }
  }

  #broadcast(postMessage: InternalPort['postMessage'], port: InternalPort, member: Member, args: unknown[]): unknown {
    const { seams, probes } = this.#options
    const site = this.#siteOf('postMessage')
    const begun = probes.enter(site)
    const atTicks = probes.events.now()
    const sending = this.#broadcasts.begin(member)
    try {
      const result = seams.call(postMessage, port, args)
      const number = this.#broadcasts.sent(member, sending)
      if (number !== undefined) probes.events.flow(this.#keyOfBroadcast(member, number), atTicks)
      return result
    } finally {
      this.#broadcasts.end(sending)
      probes.exit(site, begun)
    }
  }

  /** Of Node's own to Node's own, for a message to a thread by its number. */
  #sendInternal(postMessage: InternalPort['postMessage'], port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes } = this.#options
    const message: MessageId = { channel: end.channel, side: end.side, number: end.sent }
    const moved = this.#tell(message, args)
    const { slice, from } = this.#toThreads.sending(message, args[0])
    const site = slice === undefined ? undefined : this.#siteOf(slice)
    const begun = site === undefined ? 0 : probes.enter(site)
    try {
      if (from !== undefined) probes.events.flow(this.#keyOf(from))
      const result = seams.call(postMessage, port, args)
      end.sent++
      this.#forget(moved)
      return result
    } finally {
      if (site !== undefined) probes.exit(site, begun)
    }
  }

  /** Says who the ports are that a message brings: by their order, and by where they stand in it. */
  #tell(message: MessageId, args: readonly unknown[]): readonly object[] {
    const moved = args.length < 2 ? undefined : transferredPorts(args[1], this.#prototype)
    if (moved === undefined || moved.length === 0) return NONE
    for (let i = 0; i < moved.length; i++) this.#tellOf(message, i, moved[i])
    const within = portsWithin(args[0], this.#prototype) ?? NONE
    for (let i = 0; i < within.length; i++) this.#tellOf(message, WITHIN + i, within[i])
    return moved
  }

  #tellOf(message: MessageId, place: number, port: object): void {
    const end = this.#known.of(port) ?? this.#known.internal(port)
    if (end !== undefined) this.#options.ports.tell(message, place, end)
  }

  #forget(moved: readonly object[]): void {
    for (let i = 0; i < moved.length; i++) this.#known.forget(moved[i])
  }

  /** Where Node.js hands a message to a port: a symbol of its own, which ports inherit from all event targets. */
  #hookDelivery(): void {
    const { seams } = this.#options
    const dispatch = this.#prototype[DISPATCH]
    const { emit } = this.#prototype
    if (dispatch === undefined || emit === undefined) return
    const receive = (port: InternalPort, args: readonly unknown[]): Delivery | undefined => {
      const isMessage = (args[1] === 'message' || args[1] === 'messageerror') && args[2] === undefined
      return isMessage && this.#emitting === 0 ? this.#receive(port, args[0]) : undefined
    }
    const finish = (delivery: Delivery): void => {
      this.#finish(delivery)
    }
    const known = this.#known
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
    Object.defineProperty(this.#prototype, DISPATCH, { ...PLAIN, enumerable: false, value: replacement[DISPATCH] })
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
    seams.replaceMethod(Object.getPrototypeOf(this.#prototype) as InternalPort, 'emit', own.emit)
  }

  /** What is about to be handed over; undefined when nothing is known of it. */
  #receive(port: InternalPort, content: unknown): Delivery | undefined {
    const end = this.#known.of(port)
    if (end !== undefined) {
      const message = received(end)
      const delivery = this.#deliver('message event', this.#keyOf(message))
      this.#learn(port, message)
      return delivery
    }
    const member = this.#broadcasts.of(port)
    if (member !== undefined) {
      const delivery = this.#deliver('message event')
      this.#branchTo(member)
      return delivery
    }
    const own = this.#toThreads.endOf(port, content)
    return own === undefined ? undefined : this.#receiveInternal(port, received(own), content)
  }

  #receiveInternal(port: InternalPort, message: MessageId, content: unknown): Delivery | undefined {
    this.#learn(port, message, this.#toThreads.bringsInternal(content))
    const { slice, from, isRelayed } = this.#toThreads.receiving(message, content)
    if (slice !== undefined) return this.#deliver(slice, this.#keyOf(from))
    if (isRelayed !== true) return undefined
    this.#toThreads.relay(message)
    return RELAYED
  }

  /** Begins the slice of what is handed over, to which the arrow `key` leads. */
  #deliver(slice: SliceName, key?: string): Delivery {
    const { probes } = this.#options
    const site = this.#siteOf(slice)
    const begun = probes.enter(site)
    if (key !== undefined) probes.events.flow(key)
    const emitting = this.#emitting
    // What a listener delivers is another message.
    this.#emitting = 0
    return { site, begun, emitting }
  }

  #finish({ site, begun, emitting }: Delivery): void {
    if (site === undefined) {
      this.#toThreads.relay(undefined)
      return
    }
    this.#emitting = emitting
    this.#options.probes.exit(site, begun)
  }

  /** Who the ports are that come with a message. */
  #learn(port: InternalPort, message: MessageId, isInternal = false): void {
    const moved = port[RECEIVED_PORTS]
    if (moved === undefined) return
    for (let i = 0; i < moved.length; i++) {
      const end = this.#options.ports.find(message, i)
      if (end !== undefined && isInternal) this.#known.addInternal(moved[i], end)
      else this.add(moved[i], end)
    }
  }

  #branchTo(member: Member): void {
    const number = this.#broadcasts.received(member)
    if (number !== undefined) this.#options.probes.events.flowBranch(this.#keyOfBroadcast(member, number))
  }

  #hookReceiving(threads: MessagingThreads): void {
    const { seams } = this.#options
    const { receiveMessageOnPort } = threads
    const take = (port: object): Received => seams.call(receiveMessageOnPort, undefined, [port]) as Received
    const receive = (port: object): Received | typeof UNKNOWN => {
      const end = known.of(port)
      if (end !== undefined) return this.#take(port, end, take)
      const member = this.#broadcasts.of(port)
      return member === undefined ? UNKNOWN : this.#takeBroadcast(port, member, take)
    }
    const known = this.#known
    seams.replaceMethod(threads, 'receiveMessageOnPort', function receiveKnown(this: unknown, ...args) {
      const [port] = args as [unknown]
      const taken = typeof port === 'object' && port !== null ? receive(port) : UNKNOWN
      return taken === UNKNOWN ? (seams.call(receiveMessageOnPort, this, args) as Received) : taken
    })
  }

  #take(port: object, end: PortEnd, take: (port: object) => Received): Received {
    const { probes, ports } = this.#options
    const site = this.#siteOf('receiveMessageOnPort')
    const begun = probes.enter(site)
    try {
      const taken = take(port)
      if (taken === undefined) return undefined
      const id = received(end)
      probes.events.flow(this.#keyOf(id))
      if (ports.find(id, WITHIN) !== undefined) {
        const moved = portsWithin(taken.message, this.#prototype) ?? NONE
        for (let i = 0; i < moved.length; i++) this.add(moved[i], ports.find(id, WITHIN + i))
      }
      return taken
    } catch (error) {
      // Whether it took a message is not known.
      this.#known.forget(port)
      throw error
    } finally {
      probes.exit(site, begun)
    }
  }

  #takeBroadcast(channel: object, member: Member, take: (port: object) => Received): Received {
    const { probes } = this.#options
    const site = this.#siteOf('receiveMessageOnPort')
    const begun = probes.enter(site)
    try {
      const taken = take(channel)
      if (taken !== undefined) this.#branchTo(member)
      return taken
    } catch (error) {
      member.next = undefined
      throw error
    } finally {
      probes.exit(site, begun)
    }
  }

  #siteOf(name: SliceName): ReturnType<typeof sitesOf>[SliceName] {
    return (this.#sites ??= sitesOf(this.#options.probes))[name]
  }

  #keyOf({ channel, side, number }: MessageId): string {
    return `${this.#options.ports.prefix}${channel}.${side}.${number}`
  }

  #keyOfBroadcast({ group }: Member, number: number): string {
    return `${this.#options.ports.prefix}b${group}.${number}`
  }
}

/** The message that an end receives next. */
function received(end: PortEnd): MessageId {
  return { channel: end.channel, side: end.side === 0 ? 1 : 0, number: end.received++ }
}

function sitesOf({ sitesOf: register }: BuiltInProbes) {
  return register('node:worker_threads', [
    'postMessage',
    'message event',
    'receiveMessageOnPort',
    'postMessageToThread',
    'workerMessage event',
  ])
}

type SliceName = keyof ReturnType<typeof sitesOf>
/** A message that is being handed over, as a slice or as what Node.js hands on. */
interface Delivery {
  readonly site: SiteId | undefined
  readonly begun: number
  readonly emitting: number
}

type Received = { readonly message: unknown } | undefined

/** Symbols that Node.js registers for the part of it that runs in each context. */
const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch')
const RECEIVED_PORTS = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts')

type Dispatch = (...args: unknown[]) => unknown

/** A port as Node.js knows it; shapes were checked on Node 20, 22, 24 and 26. */
export interface InternalPort {
  postMessage: (...args: unknown[]) => unknown
  emit?: (...args: unknown[]) => unknown
  [DISPATCH]?: Dispatch
  [RECEIVED_PORTS]?: readonly object[]
}

const PLAIN = { configurable: true, enumerable: true, writable: true }
const NONE: readonly object[] = []
/** Places of ports in what was sent, beside those among what was transferred. */
const WITHIN = 2 ** 20
const RELAYED: Delivery = { site: undefined, begun: 0, emitting: 0 }
/** No message: there may be one that is not known of. */
const UNKNOWN = Symbol('unknown')
