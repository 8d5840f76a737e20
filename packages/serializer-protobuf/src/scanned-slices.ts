import type { Nanoseconds, TrackIndex } from '@tracer/core'
import { annotationEntry } from './annotations-text.js'
import { EVENT } from './fields.js'
import { cursorAt, type PacketFields } from './packet-fields.js'
import type { OpenSlices, SpanNotes } from './scanned-trace.js'
import { Sequence } from './sequence.js'

/** What a sequence was about when its last packet came. */
export interface SequenceState {
  readonly names: Sequence
  timeNs: number
  /** Of the track of events that name none. */
  uuid: number
  /** Slices that have begun and not ended, by the uuid of their track. */
  readonly open: Map<number, number>
  /** Those of the thread itself. */
  depth: number
  /** Spans among the open slices of the thread itself, with the depth they lie at. */
  readonly ownSpans: { readonly depth: number; readonly span: number }[]
}

export function sequenceState(sequence: number): SequenceState {
  return { names: new Sequence(sequence), timeNs: 0, uuid: 0, open: new Map(), depth: 0, ownSpans: [] }
}

/** Follows which slices of a file are open, and tells of the spans among them. */
export class ScannedSlices {
  readonly #spans: SpanNotes
  /** Open spans that are not of a thread itself, by the uuid of their track. */
  readonly #openSpans = new Map<number, number>()

  constructor(spans: SpanNotes) {
    this.#spans = spans
  }

  begin(state: SequenceState, uuid: number): void {
    if (uuid === state.uuid) state.depth++
    else state.open.set(uuid, (state.open.get(uuid) ?? 0) + 1)
  }

  /** Looks whether the slice that has just begun is a span. `packet` is the number of its packet, from 1. */
  note(fields: PacketFields, state: SequenceState, uuid: number, track: TrackIndex, packet: number): void {
    const { names, timeNs, depth } = state
    const entries = fields.rareOfEvent
      .filter(({ field }) => field === EVENT.annotations)
      .map((rare) => annotationEntry(cursorAt(fields.bytes, rare).message(), names))
    if (!entries.some((entry) => SPAN_IDS.test(entry))) return
    const span = this.#spans.begin(`{${entries.join(',')}}`, timeNs, track, packet)
    if (span === undefined) return
    if (uuid === state.uuid) state.ownSpans.push({ depth, span })
    else this.#openSpans.set(uuid, span)
  }

  /** `endNs` is undefined when it was cut off. */
  end(state: SequenceState, uuid: number, endNs: Nanoseconds | undefined): void {
    if (uuid === state.uuid) {
      this.endOwn(state, endNs)
      return
    }
    state.open.set(uuid, (state.open.get(uuid) ?? 0) - 1)
    const span = this.#openSpans.get(uuid)
    if (span === undefined) return
    if (endNs !== undefined) this.#spans.end(span, endNs)
    this.#openSpans.delete(uuid)
  }

  /** Hot: the innermost slice of a thread itself. */
  endOwn(state: SequenceState, endNs: Nanoseconds | undefined): void {
    const depth = state.depth--
    const { ownSpans } = state
    if (ownSpans.length === 0 || ownSpans[ownSpans.length - 1].depth !== depth) return
    const own = ownSpans.pop()
    if (own !== undefined && endNs !== undefined) this.#spans.end(own.span, endNs)
  }
}

/** What is open in a sequence. */
export function openSlices({ uuid, depth, open }: SequenceState, sequence: number): OpenSlices[] {
  return [
    ...(depth > 0 ? [{ sequence, uuid, count: depth }] : []),
    ...[...open].filter(([, count]) => count > 0).map(([lane, count]) => ({ sequence, uuid: lane, count })),
  ]
}

const SPAN_IDS = /^"(?:spanId|parentId)":/
