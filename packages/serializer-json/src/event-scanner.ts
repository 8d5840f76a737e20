import { EventBatch } from './event-batch.js'
import {
  BACKSLASH,
  BYTE_ORDER_MARK,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  describeByte,
  isSpace,
} from './json-bytes.js'
import { notATrace } from './not-a-trace.js'
import { ObjectKeys } from './object-keys.js'
import { CUT } from './plain-event.js'

/**
 * Finds the events of a Trace Event file in its bytes, piece by piece, without holding the text.
 * It knows just enough JSON to see where an object ends: strings, escapes, and depth. Both forms are
 * taken, an array of events and an object with `traceEvents`, cut or whole, with commas too many or
 * too few. What stands inside an event is for `JSON.parse` to judge.
 */
export class EventScanner {
  /** Bytes seen so far. */
  offset = 0
  /** Complete objects in the array. */
  eventCount = 0
  /** Elements of the array that are no objects. */
  skippedElements = 0
  /** Bytes of an event that the file ends in. */
  cutBytes = 0
  /** Offset of what follows the end of the JSON. */
  unreadFrom: number | undefined
  readonly keys = new ObjectKeys()

  readonly #batch = new EventBatch()
  readonly #onBatch: (batch: EventBatch) => void
  #state: State = 'start'
  #isObjectForm = false
  /** Of the event being scanned. */
  #depth = 0
  #isInString = false
  #isEscaped = false
  /** Where the last string starts in the batch. */
  #stringStart = 0
  /** Whether the last string at depth 1 was `args`. */
  #argsIsNext = false

  readonly #plain: PlainEvents | undefined
  /** Events that are not offered to `#plain`. */
  #unusualLeft = 0

  /** Events that `plain` does not take go to `onBatch`, in the order of the file. */
  constructor(onBatch: (batch: EventBatch) => void, plain?: PlainEvents) {
    this.#onBatch = onBatch
    this.#plain = plain
  }

  push(piece: Uint8Array): void {
    let at = 0
    while (at < piece.length) at = this.#scan(piece, at)
    this.offset += piece.length
  }

  /** Ends the file. Says whether it was whole. @throws TracerError `NOT_A_TRACE` when it has no place for events. */
  end(): boolean {
    if (this.#state === 'start') throw notATrace(`the file is empty (${this.offset} bytes, no JSON)`)
    if (this.#isObjectForm && !this.keys.hasEvents) {
      throw notATrace(`the object has no traceEvents up to byte ${this.offset}, where the file ends`)
    }
    if (this.#state === 'event') this.cutBytes = this.#batch.abandon()
    this.#flush()
    return this.#state === 'end'
  }

  /** Takes bytes up to the next change of state; returns where that is. */
  #scan(piece: Uint8Array, at: number): number {
    switch (this.#state) {
      case 'start':
        return this.#scanStart(piece, at)
      case 'keys':
        return this.#scanKeys(piece, at)
      case 'events':
        return this.#scanBetween(piece, at)
      case 'event':
        return this.#scanEvent(piece, at)
      case 'element':
        return this.#scanElement(piece, at)
      case 'end':
        return this.#scanEnd(piece, at)
    }
  }

  #scanStart(piece: Uint8Array, at: number): number {
    const byte = piece[at]
    if (isSpace(byte) || BYTE_ORDER_MARK.includes(byte)) return at + 1
    if (byte !== OPENING_BRACKET && byte !== OPENING_BRACE) {
      throw notATrace(`JSON starts with [ or {, byte ${this.offset + at} is ${describeByte(byte)}`)
    }
    this.#isObjectForm = byte === OPENING_BRACE
    this.#state = this.#isObjectForm ? 'keys' : 'events'
    return at + 1
  }

  #scanKeys(piece: Uint8Array, at: number): number {
    const { next, found } = this.keys.push(piece, at, this.offset)
    if (found !== 'more') this.#state = found
    return next
  }

  #scanBetween(piece: Uint8Array, at: number): number {
    const byte = piece[at]
    if (byte === OPENING_BRACE) {
      const next = this.#plain === undefined ? CUT : this.#takePlain(this.#plain, piece, at)
      if (next > at) return next
      this.#openEvent(this.offset + at)
      return at
    }
    if (byte === COMMA || isSpace(byte)) return at + 1
    if (byte === CLOSING_BRACKET) {
      this.#state = this.#isObjectForm ? 'keys' : 'end'
      return at + 1
    }
    if (byte === CLOSING_BRACE || byte === COLON) {
      throw notATrace(`an event was expected at byte ${this.offset + at}, not ${describeByte(byte)}`)
    }
    this.skippedElements++
    this.#depth = 0
    this.#state = 'element'
    return at
  }

  /** Hot: takes an event that lies in the piece and is plain; returns the offset behind it, or -1. */
  #takePlain(plain: PlainEvents, piece: Uint8Array, at: number): number {
    if (this.#unusualLeft > 0) {
      this.#unusualLeft--
      return -1
    }
    const next = plain.parse(piece, at)
    if (next > 0) {
      this.#flush()
      plain.take()
      this.eventCount++
    } else if (next !== CUT) {
      this.#unusualLeft = UNUSUAL_TOGETHER
    }
    return next
  }

  /** Hot: scans an event, which starts before or in this piece. */
  #scanEvent(piece: Uint8Array, from: number): number {
    const batch = this.#batch
    const length = piece.length
    // What is at `i` in the piece will be at `base + i` in the batch.
    const base = batch.length - from
    let at = this.#isEscaped ? from + 1 : from
    let depth = this.#depth
    let isInString = this.#isInString
    let stringStart = this.#stringStart
    let argsIsNext = this.#argsIsNext
    this.#isEscaped = false
    while (at < length) {
      let byte = piece[at++]
      if (isInString) {
        while (byte !== QUOTE && byte !== BACKSLASH && at < length) byte = piece[at++]
        if (byte === QUOTE) {
          isInString = false
          // The last string at depth 1 before an opening bracket is its key.
          if (depth === 1) {
            argsIsNext = base + at - 1 - stringStart === ARGS.length && this.#isArgs(piece, base, stringStart)
          }
        } else if (byte === BACKSLASH) {
          if (at === length) this.#isEscaped = true
          else at++
        }
      } else if (byte === QUOTE) {
        isInString = true
        stringStart = base + at
      } else if ((byte | BRACE_BIT) === OPENING_BRACE) {
        if (depth++ === 1 && argsIsNext) batch.startArgs(base + at - 1)
      } else if ((byte | BRACE_BIT) === CLOSING_BRACE) {
        if (--depth === 1 && argsIsNext) {
          batch.endArgs(base + at)
          argsIsNext = false
        } else if (depth === 0) {
          batch.append(piece, from, at)
          this.#closeEvent()
          return at
        }
      }
    }
    batch.append(piece, from, length)
    if (batch.openBytes > LONGEST_EVENT) throw tooLong(batch.openOffset)
    this.#depth = depth
    this.#isInString = isInString
    this.#stringStart = stringStart
    this.#argsIsNext = argsIsNext
    return length
  }

  #openEvent(offset: number): void {
    this.#batch.open(offset)
    this.#depth = 0
    this.#argsIsNext = false
    this.#state = 'event'
  }

  #closeEvent(): void {
    this.#batch.close()
    this.eventCount++
    this.#isInString = false
    this.#state = 'events'
    if (this.#batch.isFull) this.#flush()
  }

  /** Whether the four bytes from `start` of the batch on say `args`; the last of them may be in the piece. */
  #isArgs(piece: Uint8Array, base: number, start: number): boolean {
    const { bytes, length } = this.#batch
    return ARGS.every((byte, i) => byte === (start + i < length ? bytes[start + i] : piece[start + i - base]))
  }

  /** Skips a number, a string, a literal or an array where an event should be. */
  #scanElement(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at]
      if (this.#isInString) {
        if (byte === QUOTE && !this.#isEscaped) this.#isInString = false
        this.#isEscaped = byte === BACKSLASH && !this.#isEscaped
      } else if (this.#depth === 0 && (byte === COMMA || byte === CLOSING_BRACKET || byte === OPENING_BRACE)) {
        this.#state = 'events'
        return at
      } else if (byte === QUOTE) {
        this.#isInString = true
      } else if ((byte | BRACE_BIT) === OPENING_BRACE) {
        this.#depth++
      } else if ((byte | BRACE_BIT) === CLOSING_BRACE) {
        this.#depth--
      }
    }
    return piece.length
  }

  #scanEnd(piece: Uint8Array, at: number): number {
    const byte = piece[at]
    if (isSpace(byte) || byte === COMMA) return at + 1
    this.unreadFrom ??= this.offset + at
    return piece.length
  }

  #flush(): void {
    if (this.#batch.starts.length === 0) return
    this.#onBatch(this.#batch)
    this.#batch.clear()
  }
}

/** Takes events that need no `JSON.parse`. */
export interface PlainEvents {
  /** Reads the event at `at`; returns the offset behind it, or a negative number when it is not for it to take. */
  parse(bytes: Uint8Array, at: number): number
  /** Takes the event that was read. */
  take(): void
}

/** Unusual events come together, and `JSON.parse` works best on many at once. */
const UNUSUAL_TOGETHER = 32

/** Between which tokens the scanner is. */
type State = 'start' | 'keys' | 'events' | 'event' | 'element' | 'end'

/** With the text and the objects made of it, about half a gigabyte; a picture in a recording of Chrome takes less than one. */
export const LONGEST_EVENT = 64 * 2 ** 20

function tooLong(offset: number): Error {
  const limit = LONGEST_EVENT.toLocaleString('en-US')
  return notATrace(`the event at byte ${offset} is longer than ${limit} bytes, or a quote is missing in it`)
}

/** The bytes of `args`. */
const ARGS = [0x61, 0x72, 0x67, 0x73]

/** Sets a bracket apart from a brace. */
const BRACE_BIT = OPENING_BRACKET ^ OPENING_BRACE
