import type { Ticks } from '@tracer/core'
import {
  CALLBACK_STEP,
  CALLBACKS,
  type Callback,
  EVENT_HEAD_UNITS,
  EVENT_KIND_MASK,
  EVENT_KINDS,
  EVENT_LENGTH_SHIFT,
  EVENT_WIDE,
  eventUnits,
} from './event-layout.js'

/** One event of an EVENTS block; see {@link EVENT_KINDS}. Names are those of the same thread. */
export type LoggedEvent =
  | { readonly kind: 'name'; readonly name: number; readonly text: string }
  | {
      readonly kind: 'spanName'
      readonly name: number
      /** The name of the track. */
      readonly track: number
      readonly callback: Callback
      /** JSON text of an object. */
      readonly args: string | undefined
    }
  | ({ readonly kind: 'beginSpan'; readonly name: number; readonly id: number } & Told)
  | ({ readonly kind: 'endSpan'; readonly name: number | undefined; readonly id: number } & Told)
  | {
      readonly kind: 'endCounted'
      readonly atTicks: Ticks
      readonly id: number
      /** The name of what is counted. */
      readonly counted: number
      readonly count: number
    }
  | ({ readonly kind: 'instant'; readonly name: number } & Told)
  | {
      readonly kind: 'sample'
      readonly atTicks: Ticks
      readonly name: number
      readonly series: number
      readonly value: number
    }
  | { readonly kind: 'flow' | 'flowNext' | 'flowBranch'; readonly atTicks: Ticks; readonly key: string }
  | { readonly kind: 'flowSpan'; readonly id: number; readonly key: string }
  | { readonly kind: 'left'; readonly atTicks: Ticks }
  | { readonly kind: 'back'; readonly atTicks: Ticks; readonly turns: number; readonly waitedMs: number }

interface Told {
  readonly atTicks: Ticks
  /** JSON text of an object. */
  readonly args: string | undefined
}

/** The events of a block's payload, up to the first that is none. */
export function* readEvents(payload: ArrayBuffer): Generator<LoggedEvent> {
  const units = payload.byteLength >>> 3
  const numbers = new Float64Array(payload, 0, units)
  const words = new Uint32Array(payload, 0, 2 * units)
  for (let at = 0; at + EVENT_HEAD_UNITS <= units;) {
    const head = words[2 * at + 2]
    const next = at + eventUnits(head)
    if (next > units) return
    const event = eventAt(at, head, numbers, words)
    if (event === undefined) return
    yield event
    at = next
  }
}

function eventAt(at: number, head: number, numbers: Float64Array, words: Uint32Array): LoggedEvent | undefined {
  const atTicks = numbers[at]
  const name = words[2 * at + 3]
  const number = numbers[at + 2]
  const text = (): string => textOf(words.buffer, at + EVENT_HEAD_UNITS, head)
  const args = (): string | undefined => text() || undefined
  switch (head & EVENT_KIND_MASK) {
    case EVENT_KINDS.name:
      return { kind: 'name', name, text: text() }
    case EVENT_KINDS.spanName:
      return {
        kind: 'spanName',
        name,
        track: number % CALLBACK_STEP,
        callback: callbackOf(Math.floor(number / CALLBACK_STEP)),
        args: args(),
      }
    case EVENT_KINDS.endCounted:
      return { kind: 'endCounted', atTicks, id: name | 0, counted: head >>> EVENT_LENGTH_SHIFT, count: number }
    case EVENT_KINDS.beginSpan:
      return { kind: 'beginSpan', atTicks, name, id: number, args: args() }
    case EVENT_KINDS.endSpan:
      return { kind: 'endSpan', atTicks, name: name === 0 ? undefined : name, id: number, args: args() }
    case EVENT_KINDS.instant:
      return { kind: 'instant', atTicks, name, args: args() }
    case EVENT_KINDS.sample:
      return { kind: 'sample', atTicks, name, series: head >>> EVENT_LENGTH_SHIFT, value: number }
    case EVENT_KINDS.flow:
      return { kind: 'flow', atTicks, key: text() }
    case EVENT_KINDS.flowNext:
      return { kind: 'flowNext', atTicks, key: text() }
    case EVENT_KINDS.flowBranch:
      return { kind: 'flowBranch', atTicks, key: text() }
    case EVENT_KINDS.flowSpan:
      return { kind: 'flowSpan', id: number, key: text() }
    case EVENT_KINDS.left:
      return { kind: 'left', atTicks }
    case EVENT_KINDS.back:
      return { kind: 'back', atTicks, turns: name, waitedMs: number }
    default:
      return undefined
  }
}

function callbackOf(number: number): Callback {
  if (number === CALLBACKS.none) return 'none'
  return number === CALLBACKS.next ? 'next' : 'in-turn'
}

function textOf(buffer: ArrayBufferLike, unit: number, head: number): string {
  const length = head >>> EVENT_LENGTH_SHIFT
  if (length === 0) return ''
  const isWide = (head & EVENT_WIDE) !== 0
  if (!isWide) return Buffer.from(buffer, 8 * unit, length).toString('latin1')
  const codes = new Uint16Array(buffer, 8 * unit, length)
  const pieces: string[] = []
  for (let from = 0; from < length; from += PIECE) {
    pieces.push(String.fromCharCode(...codes.subarray(from, from + PIECE)))
  }
  return pieces.join('')
}

/** Characters that are taken at once: as many as fit on a stack. */
const PIECE = 4096
