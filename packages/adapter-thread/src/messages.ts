import type { MessagePort } from 'node:worker_threads'
import { BIRTH_KEY, type Birth } from './birth.js'
import { portsWithin, transferredPorts } from './message-ports.js'
import { KnownPorts, plainEnd, type PortEnd } from './port-end.js'
import type { BuiltInProbes, Seams } from './seams.js'
import type { MessageId, SharedPorts } from './shared-ports.js'

/** What the hooks work with. */
export interface MessageOptions {
  readonly seams: Seams
  readonly probes: BuiltInProbes
  readonly ports: SharedPorts
  /** What the thread that is being started is told; undefined while none is. */
  readonly birthOf: () => NewBirth | undefined
}

/** What a new thread is told besides its ports. */
export type NewBirth = Omit<Birth, 'ports' | 'parentPort' | 'workerDataPorts'>

/** `node:worker_threads`, as far as it is asked for here. */
export interface MessagingThreads {
  readonly MessagePort: { readonly prototype: InternalPort }
  readonly MessageChannel: { readonly prototype: object }
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
  readonly #prototype: InternalPort
  #sites: ReturnType<typeof sitesOf> | undefined
  /** Ports to which the program is emitting events itself. */
  #emitting = 0

  constructor(options: MessageOptions, threads: MessagingThreads) {
    this.#options = options
    this.#prototype = threads.MessagePort.prototype
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
    const send = (port: InternalPort, end: PortEnd, args: unknown[]): unknown =>
      this.#send(postMessage, port, end, args)
    const start = (port: InternalPort, args: unknown[]): unknown => this.#start(postMessage, port, args)
    // Who receives them cannot be told who they are.
    const lose = (list: unknown): void => {
      const ports = transferredPorts(list, this.#prototype) ?? []
      for (let i = 0; i < ports.length; i++) known.leaveAlone(ports[i])
    }
    const known = this.#known
    const replacement = {
      postMessage(this: InternalPort, ...args: unknown[]): unknown {
        const end = known.of(this)
        if (end !== undefined) return send(this, end, args)
        if (isStart(args[0])) return start(this, args)
        if (args.length > 1) lose(args[1])
        return seams.call(postMessage, this, args)
      },
    }
    seams.replaceMethod(this.#prototype, 'postMessage', replacement.postMessage)
  }

  #send(postMessage: InternalPort['postMessage'], port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes } = this.#options
    const message: MessageId = { channel: end.channel, side: end.side, number: end.sent }
    const moved = args.length < 2 ? undefined : transferredPorts(args[1], this.#prototype)
    if (moved !== undefined) this.#tell(message, moved)
    const site = this.#siteOf('postMessage')
    const begun = probes.enter(site)
    const atTicks = probes.events.now()
    try {
      const result = seams.call(postMessage, port, args)
      end.sent++
      if (moved !== undefined) this.#forget(moved)
      probes.events.flow(this.#keyOf(message), atTicks)
      return result
    } finally {
      probes.exit(site, begun)
    }
  }

  #tell(message: MessageId, moved: readonly MessagePort[]): void {
    for (let i = 0; i < moved.length; i++) {
      const end = this.#known.of(moved[i])
      if (end !== undefined) this.#options.ports.tell(message, i, end)
    }
  }

  #forget(moved: readonly MessagePort[]): void {
    for (let i = 0; i < moved.length; i++) this.#known.forget(moved[i])
  }

  /** The first message to a new thread, from Node.js itself: what the thread has to know goes along. */
  #start(postMessage: InternalPort['postMessage'], port: InternalPort, args: unknown[]): unknown {
    const { seams, birthOf, ports } = this.#options
    const message = args[0] as StartMessage
    const birth = birthOf()
    if (message.mainThreadPort !== undefined) this.#known.leaveAlone(message.mainThreadPort)
    // A thread of Node's own, such as that of load hooks.
    if (message.isInternal === true || message.doEval === 'internal') this.#known.leaveAlone(message.publicPort)
    if (birth === undefined) return seams.call(postMessage, port, args)
    const told: Birth = {
      ...birth,
      ports: ports.shared,
      parentPort: plainEnd(this.#known.of(message.publicPort)),
      workerDataPorts: (portsWithin(message.workerData, this.#prototype) ?? []).map((moved) =>
        plainEnd(this.#known.of(moved)),
      ),
    }
    const { environmentData } = message
    seams.undisturbed(() => environmentData.set(BIRTH_KEY, told))
    try {
      return seams.call(postMessage, port, args)
    } finally {
      seams.undisturbed(() => environmentData.delete(BIRTH_KEY))
    }
  }

  /** Where Node.js hands a message to a port: a symbol of its own, which ports inherit from all event targets. */
  #hookDelivery(): void {
    const { seams } = this.#options
    const dispatch = this.#prototype[DISPATCH]
    const { emit } = this.#prototype
    if (dispatch === undefined || emit === undefined) return
    const deliver = (port: InternalPort, end: PortEnd, args: unknown[]): unknown =>
      this.#deliver(dispatch, port, end, args)
    const known = this.#known
    const isEmitting = (): boolean => this.#emitting > 0
    const replacement = {
      [DISPATCH](this: InternalPort, ...args: unknown[]): unknown {
        const isMessage = (args[1] === 'message' || args[1] === 'messageerror') && args[2] === undefined
        const end = isMessage && !isEmitting() ? known.of(this) : undefined
        return end === undefined ? seams.call(dispatch, this, args) : deliver(this, end, args)
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

  #deliver(dispatch: Dispatch, port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes, ports } = this.#options
    const message: MessageId = { channel: end.channel, side: end.side === 0 ? 1 : 0, number: end.received++ }
    const site = this.#siteOf('message event')
    const begun = probes.enter(site)
    probes.events.flow(this.#keyOf(message))
    const moved = port[RECEIVED_PORTS]
    if (moved !== undefined) {
      for (let i = 0; i < moved.length; i++) this.add(moved[i], ports.find(message, i))
    }
    const emitting = this.#emitting
    // What a listener delivers is another message.
    this.#emitting = 0
    try {
      return seams.call(dispatch, port, args)
    } finally {
      this.#emitting = emitting
      probes.exit(site, begun)
    }
  }

  #hookReceiving(threads: MessagingThreads): void {
    const { seams, probes } = this.#options
    const { receiveMessageOnPort } = threads
    const receive = (port: object, end: PortEnd): { readonly message: unknown } | undefined => {
      const site = this.#siteOf('receiveMessageOnPort')
      const begun = probes.enter(site)
      try {
        const received = seams.call(receiveMessageOnPort, undefined, [port]) as
          { readonly message: unknown } | undefined
        if (received !== undefined) {
          probes.events.flow(
            this.#keyOf({ channel: end.channel, side: end.side === 0 ? 1 : 0, number: end.received++ }),
          )
        }
        return received
      } catch (error) {
        // Whether it took a message is not known.
        this.#known.forget(port)
        throw error
      } finally {
        probes.exit(site, begun)
      }
    }
    const known = this.#known
    seams.replaceMethod(threads, 'receiveMessageOnPort', function receiveKnown(this: unknown, ...args) {
      const [port] = args as [unknown]
      const end = typeof port === 'object' && port !== null ? known.of(port) : undefined
      return end === undefined ? seams.call(receiveMessageOnPort, this, args) : receive(port as object, end)
    })
  }

  #siteOf(name: keyof ReturnType<typeof sitesOf>): ReturnType<typeof sitesOf>[typeof name] {
    return (this.#sites ??= sitesOf(this.#options.probes))[name]
  }

  #keyOf({ channel, side, number }: MessageId): string {
    return `${this.#options.ports.prefix}${channel}.${side}.${number}`
  }
}

function sitesOf({ sitesOf: register }: BuiltInProbes) {
  return register('node:worker_threads', ['postMessage', 'message event', 'receiveMessageOnPort'])
}

function isStart(message: unknown): message is StartMessage {
  if (typeof message !== 'object' || message === null) return false
  const { type, publicPort, environmentData } = message as Partial<StartMessage>
  return type === 'loadScript' && publicPort !== undefined && environmentData !== undefined
}

/** What Node.js tells a thread that it has started. */
interface StartMessage {
  readonly type: 'loadScript'
  readonly publicPort: object
  /** For messages by thread id. */
  readonly mainThreadPort?: object
  readonly workerData: unknown
  readonly environmentData: Map<unknown, unknown>
  readonly isInternal?: boolean
  readonly doEval?: boolean | string
}

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
