import { ByteBuffer } from './byte-buffer.js'
import {
  BACKSLASH,
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

/**
 * The object form of a file: keys and values around `traceEvents`. Values may be larger than the
 * events (VizTracer puts the source of the program there), so they are skipped as they pass, except
 * those that are asked for.
 */
export class ObjectKeys {
  /** Whether an array of events was among the values. */
  hasEvents = false
  /** Texts of the values of {@link KEPT_KEYS} that were there and complete. */
  readonly kept = new Map<string, string>()
  /** Keys of values that were too long to be kept. */
  readonly tooLong: string[] = []

  #state: 'key' | 'in key' | 'colon' | 'value' | 'in value' = 'key'
  /** The key or the kept value as far as it was read. */
  readonly #bytes = new ByteBuffer()
  #key = ''
  #isKept = false
  #depth = 0
  #isInString = false
  #isEscaped = false

  /** Takes bytes up to the array of events, the end of the object, or the end of the piece. */
  push(piece: Uint8Array, from: number, offset: number): { next: number; found: 'events' | 'end' | 'more' } {
    for (let at = from; at < piece.length; at++) {
      const found = this.#take(piece[at], offset + at)
      if (found !== 'more') return { next: at + 1, found }
    }
    return { next: piece.length, found: 'more' }
  }

  #take(byte: number, offset: number): 'events' | 'end' | 'more' {
    switch (this.#state) {
      case 'key':
        if (byte === CLOSING_BRACE) return 'end'
        if (byte === QUOTE) {
          this.#bytes.clear()
          this.#state = 'in key'
        } else if (byte !== COMMA && !isSpace(byte)) {
          throw notATrace(`a key was expected at byte ${offset}, not ${describeByte(byte)}`)
        }
        return 'more'
      case 'in key':
        if (byte === QUOTE && !this.#isEscaped) {
          this.#key = this.#bytes.text()
          this.#state = 'colon'
        } else if (this.#bytes.length < LONGEST_KEY) {
          this.#bytes.push(byte)
        }
        this.#isEscaped = byte === BACKSLASH && !this.#isEscaped
        return 'more'
      case 'colon':
        if (byte === COLON) this.#state = 'value'
        else if (!isSpace(byte)) throw notATrace(`":" was expected at byte ${offset}, not ${describeByte(byte)}`)
        return 'more'
      case 'value':
        if (isSpace(byte)) return 'more'
        return this.#startValue(byte, offset)
      case 'in value':
        return this.#takeValue(byte, offset)
    }
  }

  #startValue(byte: number, offset: number): 'events' | 'end' | 'more' {
    if (this.#key === EVENTS_KEY && byte === OPENING_BRACKET) {
      this.hasEvents = true
      this.#state = 'key'
      return 'events'
    }
    this.#state = 'in value'
    this.#isKept = KEPT_KEYS.includes(this.#key)
    this.#bytes.clear()
    this.#depth = 0
    return this.#takeValue(byte, offset)
  }

  #takeValue(byte: number, offset: number): 'end' | 'more' {
    if (this.#isInString) {
      if (byte === QUOTE && !this.#isEscaped) this.#isInString = false
      this.#isEscaped = byte === BACKSLASH && !this.#isEscaped
    } else if (this.#depth === 0 && (byte === COMMA || byte === CLOSING_BRACE)) {
      if (this.#isKept) this.kept.set(this.#key, this.#bytes.text())
      this.#state = 'key'
      return byte === COMMA ? 'more' : 'end'
    } else if (byte === QUOTE) {
      this.#isInString = true
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      this.#depth++
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      if (this.#depth-- === 0) throw notATrace(`a value was expected at byte ${offset}, not ${describeByte(byte)}`)
    }
    if (this.#isKept) {
      this.#bytes.push(byte)
      if (this.#bytes.length > LONGEST_KEPT_VALUE) this.#dropValue()
    }
    return 'more'
  }

  #dropValue(): void {
    this.#isKept = false
    this.#bytes.clear()
    this.tooLong.push(this.#key)
  }
}

const EVENTS_KEY = 'traceEvents'

/** Where VizTracer says its version, whether its buffer overflowed, and the time of day. */
export const VIZTRACER_KEY = 'viztracer_metadata'

/** Where VizTracer puts the source of the program. */
export const FILE_INFO_KEY = 'file_info'

const KEPT_KEYS: readonly string[] = [VIZTRACER_KEY, FILE_INFO_KEY]

/** Longer than any key that is looked for. */
const LONGEST_KEY = 256

/** The source of a large program and of its libraries; with the texts made of it, a quarter of a gigabyte. */
export const LONGEST_KEPT_VALUE = 64 * 2 ** 20
