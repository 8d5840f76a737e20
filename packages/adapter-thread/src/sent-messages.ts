import type { Member } from './broadcasts.js'
import type { InternalPort, MessageContext } from './message-context.js'
import { WITHIN } from './message-context.js'
import { portsWithin, transferredPorts } from './message-ports.js'
import type { PortEnd } from './port-end.js'
import type { MessageId } from './shared-ports.js'
import { isStart, startThread } from './thread-start.js'

/** Makes what ports send slices, in which arrows begin. */
export class SentMessages {
  readonly #context: MessageContext

  constructor(context: MessageContext) {
    this.#context = context
    this.#hookSending()
  }

  #hookSending(): void {
    const { seams } = this.#context
    const { postMessage } = this.#context.prototype
    const send = (port: InternalPort, args: unknown[]): unknown => {
      const end = known.of(port)
      if (end !== undefined) return this.#send(postMessage, port, end, args)
      const member = this.#context.broadcasts.of(port)
      if (member !== undefined) return this.#broadcast(postMessage, port, member, args)
      const own = this.#context.toThreads.endOf(port, args[0])
      if (own !== undefined) return this.#sendInternal(postMessage, port, own, args)
      const run = (): unknown => seams.call(postMessage, port, args)
      const [message] = args
      if (isStart(message)) return startThread(message, this.#context, known, this.#context.prototype, run)
      // Who receives them cannot be told who they are.
      const lost = args.length < 2 ? undefined : transferredPorts(args[1], this.#context.prototype)
      if (lost !== undefined) for (let i = 0; i < lost.length; i++) known.leaveAlone(lost[i])
      return run()
    }
    const known = this.#context.known
    const replacement = {
      postMessage(this: InternalPort, ...args: unknown[]): unknown {
        return send(this, args)
      },
    }
    seams.replaceMethod(this.#context.prototype, 'postMessage', replacement.postMessage)
  }

  #send(postMessage: InternalPort['postMessage'], port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes } = this.#context
    const message: MessageId = { channel: end.channel, side: end.side, number: end.sent }
    const moved = this.#tell(message, args)
    const site = this.#context.slices.siteOf('postMessage')
    const begun = probes.enter(site)
    const atTicks = probes.events.now()
    try {
      const result = seams.call(postMessage, port, args)
      end.sent++
      this.#forget(moved)
      probes.events.flow(this.#context.slices.keyOf(message), atTicks)
      return result
    } finally {
      probes.exit(site, begun)
    }
  }

  #broadcast(postMessage: InternalPort['postMessage'], port: InternalPort, member: Member, args: unknown[]): unknown {
    const { seams, probes } = this.#context
    const site = this.#context.slices.siteOf('postMessage')
    const begun = probes.enter(site)
    const atTicks = probes.events.now()
    const sending = this.#context.broadcasts.begin(member)
    try {
      const result = seams.call(postMessage, port, args)
      const number = this.#context.broadcasts.sent(member, sending)
      if (number !== undefined) probes.events.flow(this.#context.slices.keyOfBroadcast(member, number), atTicks)
      return result
    } finally {
      this.#context.broadcasts.end(sending)
      probes.exit(site, begun)
    }
  }

  /** Of Node's own to Node's own, for a message to a thread by its number. */
  #sendInternal(postMessage: InternalPort['postMessage'], port: InternalPort, end: PortEnd, args: unknown[]): unknown {
    const { seams, probes } = this.#context
    const message: MessageId = { channel: end.channel, side: end.side, number: end.sent }
    const moved = this.#tell(message, args)
    const { slice, from } = this.#context.toThreads.sending(message, args[0])
    const site = slice === undefined ? undefined : this.#context.slices.siteOf(slice)
    const begun = site === undefined ? 0 : probes.enter(site)
    try {
      if (from !== undefined) probes.events.flow(this.#context.slices.keyOf(from))
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
    const moved = args.length < 2 ? undefined : transferredPorts(args[1], this.#context.prototype)
    if (moved === undefined || moved.length === 0) return NONE
    for (let i = 0; i < moved.length; i++) this.#tellOf(message, i, moved[i])
    const within = portsWithin(args[0], this.#context.prototype) ?? NONE
    for (let i = 0; i < within.length; i++) this.#tellOf(message, WITHIN + i, within[i])
    return moved
  }

  #tellOf(message: MessageId, place: number, port: object): void {
    const end = this.#context.known.of(port) ?? this.#context.known.internal(port)
    if (end !== undefined) this.#context.ports.tell(message, place, end)
  }

  #forget(moved: readonly object[]): void {
    for (let i = 0; i < moved.length; i++) this.#context.known.forget(moved[i])
  }
}

const NONE: readonly object[] = []
