/** One end of a channel, and how many messages went through it; of two threads that agree on both, the messages are known. */
export interface PortEnd {
  readonly channel: number
  readonly side: 0 | 1
  sent: number
  received: number
}

/** What is known of an end on the thread that made its channel. */
interface KnownEnd extends PortEnd {
  /** The other end; undefined for a port that came from elsewhere. */
  peer?: KnownEnd
  /** Whether Node.js sends messages of its own through it. */
  isInternal?: boolean
}

/** What is known of a port: beside it, where the program cannot see it. */
export class KnownPorts {
  readonly #ends = new WeakMap<object, KnownEnd>()
  #first: KnownEnd | undefined
  readonly #get: (port: object) => KnownEnd | undefined
  readonly #set: (port: object, end: KnownEnd) => void
  readonly #delete: (port: object) => void

  constructor() {
    // Taken now: a traced program may put others in their place.
    const { get, set, delete: forget } = this.#ends
    this.#get = get.bind(this.#ends)
    this.#set = set.bind(this.#ends)
    this.#delete = forget.bind(this.#ends)
  }

  /** Hot. */
  of(port: object): PortEnd | undefined {
    const end = this.#get(port)
    return end?.isInternal === true ? undefined : end
  }

  /** Of a channel that the program knows nothing of. */
  internal(port: object): PortEnd | undefined {
    const end = this.#get(port)
    return end?.isInternal === true ? end : undefined
  }

  /** The ends of a new channel; the second port comes after the first. */
  addNew(port: object, side: 0 | 1, channel: number): void {
    const end: KnownEnd = { channel, side, sent: 0, received: 0 }
    if (side === 0) {
      this.#first = end
    } else if (this.#first !== undefined) {
      end.peer = this.#first
      this.#first.peer = end
      this.#first = undefined
    }
    this.#set(port, end)
  }

  /** Both ends of a channel that the program knows nothing of. */
  leaveAlone(port: object): void {
    const end = this.#get(port)
    if (end === undefined) return
    end.isInternal = true
    if (end.peer !== undefined) end.peer.isInternal = true
  }

  add(port: object, end: PortEnd): void {
    this.#set(port, end)
  }

  addInternal(port: object, end: PortEnd): void {
    this.#set(port, { ...end, isInternal: true })
  }

  forget(port: object): void {
    this.#delete(port)
  }
}

/** As it is told to other threads. */
export function plainEnd(end: PortEnd | undefined): PortEnd | undefined {
  if (end === undefined) return undefined
  const { channel, side, sent, received } = end
  return { channel, side, sent, received }
}
