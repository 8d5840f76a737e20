import type { Member } from './broadcasts.js'
import { branchTo, received, WITHIN, type MessageContext } from './message-context.js'
import { portsWithin } from './message-ports.js'
import type { PortEnd } from './port-end.js'

/** `node:worker_threads`, as far as it is asked for here. */
export interface ReceivingThreads {
  receiveMessageOnPort: (port: object) => Received
}

/** Makes what `receiveMessageOnPort` takes from ports slices, to which arrows lead. */
export class TakenMessages {
  readonly #context: MessageContext

  constructor(context: MessageContext, threads: ReceivingThreads) {
    this.#context = context
    this.#hookReceiving(threads)
  }

  #hookReceiving(threads: ReceivingThreads): void {
    const { seams } = this.#context
    const { receiveMessageOnPort } = threads
    const take = (port: object): Received => seams.call(receiveMessageOnPort, undefined, [port])
    const receive = (port: object): Received | typeof UNKNOWN => {
      const end = known.of(port)
      if (end !== undefined) return this.#take(port, end, take)
      const member = this.#context.broadcasts.of(port)
      return member === undefined ? UNKNOWN : this.#takeBroadcast(port, member, take)
    }
    const known = this.#context.known
    seams.replaceMethod(threads, 'receiveMessageOnPort', function receiveKnown(this: unknown, ...args) {
      const [port] = args as [unknown]
      const taken = typeof port === 'object' && port !== null ? receive(port) : UNKNOWN
      return taken === UNKNOWN ? seams.call(receiveMessageOnPort, this, args) : taken
    })
  }

  #take(port: object, end: PortEnd, take: (port: object) => Received): Received {
    const { probes, ports } = this.#context
    const site = this.#context.slices.siteOf('receiveMessageOnPort')
    const begun = probes.enter(site)
    try {
      const taken = take(port)
      if (taken === undefined) return undefined
      const id = received(end)
      probes.events.flow(this.#context.slices.keyOf(id))
      if (ports.find(id, WITHIN) !== undefined) {
        const moved = portsWithin(taken.message, this.#context.prototype) ?? NONE
        for (let i = 0; i < moved.length; i++) this.#learn(moved[i], ports.find(id, WITHIN + i))
      }
      return taken
    } catch (error) {
      // Whether it took a message is not known.
      this.#context.known.forget(port)
      throw error
    } finally {
      probes.exit(site, begun)
    }
  }

  #takeBroadcast(channel: object, member: Member, take: (port: object) => Received): Received {
    const { probes } = this.#context
    const site = this.#context.slices.siteOf('receiveMessageOnPort')
    const begun = probes.enter(site)
    try {
      const taken = take(channel)
      if (taken !== undefined) branchTo(member, this.#context)
      return taken
    } catch (error) {
      member.next = undefined
      throw error
    } finally {
      probes.exit(site, begun)
    }
  }

  #learn(port: object, end: PortEnd | undefined): void {
    if (end !== undefined) this.#context.known.add(port, end)
  }
}

type Received = { readonly message: unknown } | undefined

const NONE: readonly object[] = []
/** No message: there may be one that is not known of. */
const UNKNOWN = Symbol('unknown')
