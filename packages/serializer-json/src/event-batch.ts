import { CLOSING_BRACKET, COMMA, OPENING_BRACKET } from './json-bytes.js'

/**
 * The text of some events of a file, a little more than a megabyte: enough that one call of
 * `JSON.parse` serves thousands of events, little enough that the whole text is never held.
 * The bytes are `[`, events with commas between, and room for a `]`.
 */
export class EventBatch {
  bytes: Uint8Array = new Uint8Array(BATCH_BYTES + BATCH_BYTES / 4)
  length = 1
  /** By event: where it starts and ends in `bytes`, and its offset in the file. */
  readonly starts: number[] = []
  readonly ends: number[] = []
  readonly offsets: number[] = []
  /** By event: where the value of its `args` starts and ends in `bytes`; 0 when it has none. */
  readonly argsStarts: number[] = []
  readonly argsEnds: number[] = []

  constructor() {
    this.bytes[0] = OPENING_BRACKET
  }

  get isFull(): boolean {
    return this.length >= BATCH_BYTES
  }

  /** Bytes so far of the event that was opened last. */
  get openBytes(): number {
    return this.length - this.starts[this.starts.length - 1]
  }

  /** Where it begins in the file. */
  get openOffset(): number {
    return this.offsets[this.offsets.length - 1]
  }

  /** Starts an event that begins at `offset` of the file. */
  open(offset: number): void {
    if (this.starts.length > 0) {
      this.#reserve(1)
      this.bytes[this.length++] = COMMA
    }
    this.starts.push(this.length)
    this.offsets.push(offset)
    this.argsStarts.push(0)
    this.argsEnds.push(0)
  }

  append(source: Uint8Array, from: number, until: number): void {
    this.#reserve(until - from)
    this.bytes.set(source.subarray(from, until), this.length)
    this.length += until - from
  }

  /** Says that the arguments of the open event start at `at` in `bytes`. */
  startArgs(at: number): void {
    this.argsStarts[this.argsStarts.length - 1] = at
  }

  /** Says that they end at `at`. */
  endArgs(at: number): void {
    this.argsEnds[this.argsEnds.length - 1] = at
  }

  close(): void {
    this.ends.push(this.length)
  }

  /** Forgets an event that was opened and is not complete. Returns its bytes so far. */
  abandon(): number {
    const start = this.starts.pop() ?? this.length
    this.offsets.pop()
    this.argsStarts.pop()
    this.argsEnds.pop()
    const size = this.length - start
    this.length = this.starts.length === 0 ? 1 : start - 1
    return size
  }

  /** The events as the text of a JSON array. */
  text(): string {
    this.#reserve(1)
    this.bytes[this.length] = CLOSING_BRACKET
    return decoder.decode(this.bytes.subarray(0, this.length + 1))
  }

  /** The text of one event. */
  eventText(event: number): string {
    return decoder.decode(this.bytes.subarray(this.starts[event], this.ends[event]))
  }

  /** The text of an event's arguments as it stands in the file; undefined when it has none. */
  argsText(event: number): string | undefined {
    const start = this.argsStarts[event]
    return start === 0 ? undefined : decoder.decode(this.bytes.subarray(start, this.argsEnds[event]))
  }

  clear(): void {
    this.length = 1
    for (const column of [this.starts, this.ends, this.offsets, this.argsStarts, this.argsEnds]) column.length = 0
  }

  #reserve(size: number): void {
    // One byte more, for the closing bracket.
    const needed = this.length + size + 1
    if (needed <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    bytes.set(this.bytes.subarray(0, this.length))
    this.bytes = bytes
  }
}

const BATCH_BYTES = 1_048_576

const decoder = new TextDecoder()
