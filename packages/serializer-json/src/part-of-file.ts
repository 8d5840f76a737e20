import type { BytePart, StoredBytes } from '@tracer/core'
import { BACKSLASH, CLOSING_BRACE, CLOSING_BRACKET, OPENING_BRACE, OPENING_BRACKET, QUOTE } from './json-bytes.js'

const STEP_BYTES = 2 ** 22
/** Names of processes and threads stand here as a rule. */
const HEAD_BYTES = 2 ** 18
/** In so many bytes an event begins, or it is larger than any that is looked for. */
const WINDOW_BYTES = 2 ** 20
const MOST_WINDOW_BYTES = 2 ** 26

/** The names of processes and threads from the beginning, and the events of a part of the file. */
export async function* partOfFile(file: StoredBytes, { from, to }: BytePart): AsyncGenerator<Uint8Array, void> {
  if (from > 0) {
    const head = await file.read(0, Math.min(from, HEAD_BYTES))
    yield new TextEncoder().encode(`[${[...namesIn(head)].map((text) => `${text},`).join('')}`)
  }
  const start = from === 0 ? 0 : await firstEvent(file, from, to)
  for (let at = start; at < to; at += STEP_BYTES) yield await file.read(at, Math.min(to, at + STEP_BYTES))
}

/** Events that say the name of something. */
function* namesIn(head: Uint8Array): Generator<string, void, undefined> {
  for (let at = head.indexOf(OPENING_BRACE); at !== -1;) {
    const event = eventAt(head, at)
    if (event?.phase === 'M') yield event.text
    at = head.indexOf(OPENING_BRACE, event === undefined ? at + 1 : event.end)
  }
}

/** Where the first whole event behind a place begins; `until` when none does. */
async function firstEvent(file: StoredBytes, from: number, until: number): Promise<number> {
  for (let size = WINDOW_BYTES; size <= MOST_WINDOW_BYTES; size *= 8) {
    const bytes = await file.read(from, Math.min(until, from + size))
    for (let at = bytes.indexOf(OPENING_BRACE); at !== -1; at = bytes.indexOf(OPENING_BRACE, at + 1)) {
      if (eventAt(bytes, at) !== undefined) return from + at
    }
    if (from + bytes.length >= until) break
  }
  return until
}

interface FoundEvent {
  readonly phase: string
  readonly text: string
  readonly end: number
}

/** The event that begins at a brace; undefined when the brace belongs to a text, to arguments or to the whole. */
function eventAt(bytes: Uint8Array, start: number): FoundEvent | undefined {
  const end = objectEnd(bytes, start)
  if (end === undefined) return undefined
  const text = new TextDecoder().decode(bytes.subarray(start, end))
  try {
    const value: unknown = JSON.parse(text)
    const phase: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'ph') : undefined
    return typeof phase === 'string' ? { phase, text, end } : undefined
  } catch {
    return undefined
  }
}

/** Longer ones are the file itself, or began in the middle of a text. */
const MOST_EVENT_BYTES = 2 ** 16

function objectEnd(bytes: Uint8Array, start: number): number | undefined {
  let depth = 0
  let isText = false
  for (let at = start; at < Math.min(bytes.length, start + MOST_EVENT_BYTES); at++) {
    const byte = bytes[at]
    if (byte === QUOTE) isText = !isText
    else if (isText) at += byte === BACKSLASH ? 1 : 0
    else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth++
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) depth--
    if (depth === 0) return at + 1
  }
  return undefined
}
