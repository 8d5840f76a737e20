import type { SiteId } from '@tracer/core'
import type { Broadcasts, Member } from './broadcasts.js'
import type { KnownPorts, PortEnd } from './port-end.js'
import type { BuiltInProbes, Seams } from './seams.js'
import type { MessageId, SharedPorts } from './shared-ports.js'
import type { ThreadMessages } from './thread-messages.js'
import type { NewBirth } from './thread-start.js'

/** What the hooks work with. */
export interface MessageOptions {
  readonly seams: Seams
  readonly probes: BuiltInProbes
  readonly ports: SharedPorts
  /** What the thread that is being started is told; undefined while none is. */
  readonly birthOf: () => NewBirth | undefined
}

/** What sending and receiving go by. */
export interface MessageContext extends MessageOptions {
  readonly known: KnownPorts
  readonly broadcasts: Broadcasts
  readonly toThreads: ThreadMessages
  /** What ports inherit from. */
  readonly prototype: InternalPort
  readonly slices: MessageSlices
}

/** Names of the slices and arrows of messages. */
export class MessageSlices {
  readonly #probes: BuiltInProbes
  readonly #prefix: string
  #sites: Readonly<Record<SliceName, SiteId>> | undefined

  constructor(probes: BuiltInProbes, { prefix }: SharedPorts) {
    this.#probes = probes
    this.#prefix = prefix
  }

  siteOf(name: SliceName): SiteId {
    return (this.#sites ??= this.#probes.sitesOf('node:worker_threads', SLICES))[name]
  }

  keyOf({ channel, side, number }: MessageId): string {
    return `${this.#prefix}${channel}.${side}.${number}`
  }

  keyOfBroadcast({ group }: Member, number: number): string {
    return `${this.#prefix}b${group}.${number}`
  }
}

const SLICES = [
  'postMessage',
  'message event',
  'receiveMessageOnPort',
  'postMessageToThread',
  'workerMessage event',
] as const

export type SliceName = (typeof SLICES)[number]

/** The message that an end receives next. */
export function received(end: PortEnd): MessageId {
  return { channel: end.channel, side: end.side === 0 ? 1 : 0, number: end.received++ }
}

/** What a member of a broadcast gets next is an end of its arrows. */
export function branchTo(member: Member, { broadcasts, probes, slices }: MessageContext): void {
  const number = broadcasts.received(member)
  if (number !== undefined) probes.events.flowBranch(slices.keyOfBroadcast(member, number))
}

/** Symbols that Node.js registers for the part of it that runs in each context. */
export const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch')
export const RECEIVED_PORTS = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts')

export type Dispatch = (...args: unknown[]) => unknown

/** A port as Node.js knows it; shapes were checked on Node 20, 22, 24 and 26. */
export interface InternalPort {
  postMessage: (...args: unknown[]) => unknown
  emit?: (...args: unknown[]) => unknown
  [DISPATCH]?: Dispatch
  [RECEIVED_PORTS]?: readonly object[]
}

/** Places of ports in what was sent, beside those among what was transferred. */
export const WITHIN = 2 ** 20
