import type { PortEnd } from './port-end.js'
import { BROADCAST_BYTES, SharedBroadcasts } from './shared-broadcasts.js'

// Taken now: a traced program may put others in their place.
const { add, load, store } = Atomics
const { imul } = Math

/** One message on its way: the channel, from which of its ends, and the number of the message, from 0. */
export interface MessageId {
  readonly channel: number
  readonly side: 0 | 1
  readonly number: number
}

/**
 * What all threads of a process know of its channels. A port that is sent in a message is another
 * object on the other side: the sender says here who it is, by the message and its place among the
 * ports of it, and the receiver looks it up. Nothing is ever removed; what was written over by others
 * is not found, and such a port stays unknown.
 */
export class SharedPorts {
  readonly shared: SharedArrayBuffer
  readonly #cells: Int32Array
  readonly broadcasts: SharedBroadcasts
  /** Begins the keys of all messages of the process. */
  readonly prefix: string

  /** `shared` is that of another thread of the process. */
  constructor(shared = new SharedArrayBuffer(PORT_BYTES + BROADCAST_BYTES)) {
    this.shared = shared
    this.#cells = new Int32Array(shared, 0, HEAD + ENTRIES * CELLS)
    this.broadcasts = new SharedBroadcasts(shared, PORT_BYTES)
    // Process ids are used again.
    if (this.#cells[STAMP] === 0) this.#cells[STAMP] = Number(process.hrtime.bigint() & 0x7fff_ffffn) | 1
    this.prefix = `m${process.pid}.${this.#cells[STAMP].toString(36)}.`
  }

  /** Key of the arrow to the beginning of a thread, by Node's own number of it. */
  keyOfThread(threadId: number): string {
    return `${this.prefix}t${threadId}`
  }

  /** The number of a new channel, from 1. */
  newChannel(): number {
    return add(this.#cells, CHANNELS, 1) + 1
  }

  /** To be said before the message is sent: the port at `index` among its ports is this end of a channel. */
  tell(message: MessageId, index: number, end: PortEnd): void {
    const cells = this.#cells
    const at = this.#place(message, index)
    store(cells, at, 0)
    cells[at + 1] = message.side
    cells[at + 2] = message.number
    cells[at + 3] = index
    cells[at + 4] = end.channel
    cells[at + 5] = end.side
    cells[at + 6] = end.sent
    cells[at + 7] = end.received
    store(cells, at, message.channel)
  }

  /** Who the port at `index` of a message is; undefined when nobody has said so. */
  find({ channel, side, number }: MessageId, index: number): PortEnd | undefined {
    const cells = this.#cells
    const at = this.#place({ channel, side, number }, index)
    const isSame = (): boolean =>
      load(cells, at) === channel && cells[at + 1] === side && cells[at + 2] === number && cells[at + 3] === index
    if (!isSame()) return undefined
    const end: PortEnd = {
      channel: cells[at + 4],
      side: cells[at + 5] === 0 ? 0 : 1,
      sent: cells[at + 6],
      received: cells[at + 7],
    }
    // Another thread may have written over it meanwhile.
    return isSame() ? end : undefined
  }

  #place({ channel, side, number }: MessageId, index: number): number {
    const mixed = imul(channel * 2 + side, 0x9e3779b1) ^ imul(number, 0x85ebca6b) ^ imul(index, 0xc2b2ae35)
    return HEAD + (((mixed >>> 15) ^ mixed) & (ENTRIES - 1)) * CELLS
  }
}

const CHANNELS = 0
const STAMP = 1
const HEAD = 8
/** Pages that nothing touches cost nothing. */
const ENTRIES = 2 ** 13
const CELLS = 8
const PORT_BYTES = (HEAD + ENTRIES * CELLS) * Int32Array.BYTES_PER_ELEMENT
