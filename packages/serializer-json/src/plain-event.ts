import { BACKSLASH, CLOSING_BRACE, COLON, COMMA, OPENING_BRACE, OPENING_BRACKET, QUOTE, isSpace } from './json-bytes.js'
import { PlainNumber } from './plain-number.js'
import { TextIds } from './text-ids.js'

/** What {@link PlainEvent.parse} gives for an event that it leaves to `JSON.parse`. */
const UNUSUAL = -1
/** The same, because the bytes end before the event does. */
export const CUT = -2
/** A field that the event does not have. */
export const ABSENT = -1

/**
 * A complete event (`X`) of the fields that most of them have, read from bytes without an object or a
 * decoded text: nearly all events of nearly all files. Whatever it does not know, it leaves alone, be it a
 * field, a way to write a number, or broken JSON. So it is never wrong, and never the one to complain.
 */
export class PlainEvent {
  readonly texts = new TextIds()
  readonly start = new PlainNumber()
  readonly duration = new PlainNumber()
  /** Ids of {@link texts}. */
  name = ABSENT
  category = ABSENT
  pid = ABSENT
  tid = ABSENT
  /** Fields of our own files. */
  site = ABSENT
  depth = ABSENT
  run = 0
  open = ABSENT
  /** The arguments as they stand in the file, an object in JSON; undefined for none. */
  args: string | undefined

  /** What the last field's value was, if it is an integer or a text. */
  #value = 0

  /** Hot: reads the event whose brace is at `from`; returns the offset behind it, {@link UNUSUAL} or {@link CUT}. */
  parse(bytes: Uint8Array, from: number): number {
    this.category = this.site = this.depth = this.open = ABSENT
    this.run = 0
    this.args = undefined
    const last = bytes.length - LONGEST_FIELD
    let at = from + 1
    let seen = 0
    for (;;) {
      if (at > last) return CUT
      at = behindSpace(bytes, at)
      const field = fieldAt(bytes, at)
      if (field === 0) return UNUSUAL
      // Of two with one key the last counts, as it does for JSON.parse.
      seen |= field
      at += KEY_LENGTHS[field]
      at = behindSpace(bytes, at)
      if (bytes[at] !== COLON) return at >= last ? CUT : UNUSUAL
      at++
      at = behindSpace(bytes, at)
      at = this.#readValue(bytes, at, field)
      if (at < 0) return at
      at = behindSpace(bytes, at)
      if (bytes[at] === COMMA) at++
      else if (bytes[at] === CLOSING_BRACE) return (seen & NEEDED) === NEEDED ? at + 1 : UNUSUAL
      else return at >= bytes.length ? CUT : UNUSUAL
    }
  }

  #readValue(bytes: Uint8Array, at: number, field: number): number {
    switch (field) {
      case PH:
        return bytes[at] === QUOTE && bytes[at + 1] === COMPLETE && bytes[at + 2] === QUOTE ? at + 3 : UNUSUAL
      case TS:
        return this.start.read(bytes, at)
      case DUR:
        return this.duration.read(bytes, at)
      case NAME:
        at = this.#readText(bytes, at)
        this.name = this.#value
        return at
      case CAT:
        at = this.#readText(bytes, at)
        this.category = this.#value
        return at
      case ARGS:
        return this.#readArgs(bytes, at)
    }
    at = this.#readInteger(bytes, at)
    const value = this.#value
    switch (field) {
      case PID:
        this.pid = value
        break
      case TID:
        this.tid = value
        break
      case SITE:
        this.site = value
        break
      case DEPTH:
        this.depth = value
        break
      case RUN:
        this.run = value
        break
      case OPEN:
        this.open = value
    }
    return at
  }

  #readInteger(bytes: Uint8Array, at: number): number {
    const isNegative = bytes[at] === MINUS
    const start = isNegative ? at + 1 : at
    let value = 0
    let i = start
    for (let byte = bytes[i]; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++i]) value = value * 10 + (byte - ZERO)
    const digits = i - start
    // Neither an exponent nor a fraction follows, or the caller finds no comma.
    if (digits === 0 || digits > 15 || (bytes[start] === ZERO && (digits > 1 || isNegative))) return UNUSUAL
    this.#value = isNegative ? -value : value
    return i
  }

  #readText(bytes: Uint8Array, at: number): number {
    if (bytes[at] !== QUOTE) return UNUSUAL
    const { length } = bytes
    const start = ++at
    let hash = 0
    for (;;) {
      if (at >= length) return CUT
      const byte = bytes[at]
      if (byte === QUOTE) break
      hash = (Math.imul(hash, 31) + byte) | 0
      at++
      if (byte === BACKSLASH) {
        if (at >= length) return CUT
        hash = (Math.imul(hash, 31) + bytes[at++]) | 0
      }
    }
    this.#value = this.texts.idOf(bytes, start, at, hash)
    return this.#value < 0 ? UNUSUAL : at + 1
  }

  #readArgs(bytes: Uint8Array, from: number): number {
    if (bytes[from] !== OPENING_BRACE) return UNUSUAL
    const end = endOfObject(bytes, from)
    if (end < 0) return CUT
    const text = decoder.decode(bytes.subarray(from, end))
    try {
      JSON.parse(text)
    } catch {
      return UNUSUAL
    }
    this.args = text
    return end
  }
}

/** The offset behind the brace that closes the one at `from`; -1 when the bytes end before. */
function endOfObject(bytes: Uint8Array, from: number): number {
  const { length } = bytes
  let depth = 0
  for (let at = from; at < length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      for (at++; at < length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++
    } else if ((byte | BRACE_BIT) === OPENING_BRACE) {
      depth++
    } else if ((byte | BRACE_BIT) === CLOSING_BRACE && --depth === 0) {
      return at + 1
    }
  }
  return -1
}

/** A bit a field, so that what is missing shows. */
const PH = 1
const TS = 2
const DUR = 4
const NAME = 8
const CAT = 16
const PID = 32
const TID = 64
const ARGS = 128
const SITE = 256
const DEPTH = 512
const RUN = 1024
const OPEN = 2048

const NEEDED = PH | TS | DUR | NAME | PID | TID

/** The field whose key, with its quotes, stands at `at`; 0 for any other. */
function fieldAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return 0
  const first = bytes[at + 1]
  const second = bytes[at + 2]
  const third = bytes[at + 3]
  switch (first) {
    case 0x70: // p
      if (second === 0x68) return third === QUOTE ? PH : 0
      return second === 0x69 && third === 0x64 && bytes[at + 4] === QUOTE ? PID : 0
    case 0x74: // t
      if (second === 0x73) return third === QUOTE ? TS : 0
      return second === 0x69 && third === 0x64 && bytes[at + 4] === QUOTE ? TID : 0
    case 0x64: // d
      if (second === 0x75) return third === 0x72 && bytes[at + 4] === QUOTE ? DUR : 0
      return isKey(bytes, at, DEPTH_KEY) ? DEPTH : 0
    case 0x6e: // n
      return second === 0x61 && third === 0x6d && bytes[at + 4] === 0x65 && bytes[at + 5] === QUOTE ? NAME : 0
    case 0x63: // c
      return second === 0x61 && third === 0x74 && bytes[at + 4] === QUOTE ? CAT : 0
    case 0x73: // s
      return isKey(bytes, at, SITE_KEY) ? SITE : 0
    case 0x61: // a
      return isKey(bytes, at, ARGS_KEY) ? ARGS : 0
    case 0x72: // r
      return isKey(bytes, at, RUN_KEY) ? RUN : 0
    case 0x6f: // o
      return isKey(bytes, at, OPEN_KEY) ? OPEN : 0
    default:
      return 0
  }
}

/** The offset of what is no white space, from `at` on. */
function behindSpace(bytes: Uint8Array, at: number): number {
  while (bytes[at] <= SPACE && isSpace(bytes[at])) at++
  return at
}

function isKey(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false
  return true
}

const encoder = new TextEncoder()
const [DEPTH_KEY, SITE_KEY, ARGS_KEY, RUN_KEY, OPEN_KEY] = ['depth', 'site', 'args', 'run', 'open'].map((key) =>
  encoder.encode(`"${key}"`),
)

/** Length of each key with its quotes. */
const KEY_LENGTHS = new Uint8Array(1 << 12)
KEY_LENGTHS.set([4], PH)
KEY_LENGTHS.set([4], TS)
for (const field of [DUR, CAT, PID, TID, RUN]) KEY_LENGTHS[field] = 5
for (const field of [NAME, ARGS, SITE, OPEN]) KEY_LENGTHS[field] = 6
KEY_LENGTHS[DEPTH] = 7

/** Room for a key and a number: within it, reading on needs no look at the end of the bytes. */
const LONGEST_FIELD = 64

const SPACE = 0x20
const ZERO = 0x30
const MINUS = 0x2d
/** `X`. */
const COMPLETE = 0x58
/** Sets a bracket apart from a brace. */
const BRACE_BIT = OPENING_BRACKET ^ OPENING_BRACE

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
