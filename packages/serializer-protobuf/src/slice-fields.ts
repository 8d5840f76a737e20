import type { FlowTable, InstantTable, SliceIndex, SliceTable, TrackIndex } from '@tracer/core'
import { annotationsOf } from './annotations.js'
import { wholeNs, type EventFields, type EventWriter } from './event-writer.js'
import { EVENT, EVENT_TYPE, TRACER_FLOW_POINT, TRACER_PACKET } from './fields.js'
import type { Message } from './message.js'

/** Ends of arrows by track and slice, as rows of the flow table. */
export type FlowRows = ReadonlyMap<TrackIndex, ReadonlyMap<SliceIndex, readonly number[]>>

export function flowRows(flows: FlowTable): FlowRows {
  const tracks = new Map<TrackIndex, Map<SliceIndex, number[]>>()
  for (let row = 0; row < flows.length; row++) {
    let slices = tracks.get(flows.track[row])
    if (slices === undefined) tracks.set(flows.track[row], (slices = new Map()))
    const rows = slices.get(flows.slice[row])
    if (rows === undefined) slices.set(flows.slice[row], [row])
    else rows.push(row)
  }
  return tracks
}

/** What events of one track say beyond their site and time: arguments, activations, ends of arrows. */
export class SliceFields {
  readonly #slices: SliceTable
  readonly #track: TrackIndex
  readonly #flows: FlowTable
  readonly #rows: ReadonlyMap<SliceIndex, readonly number[]>
  readonly #withArgs: boolean
  readonly #isPlain: boolean

  constructor(slices: SliceTable, track: TrackIndex, flows: FlowTable, rows: FlowRows, withArgs: boolean) {
    this.#slices = slices
    this.#track = track
    this.#flows = flows
    this.#rows = rows.get(track) ?? new Map<SliceIndex, readonly number[]>()
    this.#withArgs = withArgs
    this.#isPlain = slices.activation.length === 0 && this.#rows.size === 0 && (!withArgs || slices.args.size === 0)
  }

  /** Hot: whether a slice has any of it. */
  has(index: SliceIndex): boolean {
    return !this.#isPlain && this.#has(index)
  }

  /** Writes the begin of a slice; `more` adds to it. */
  writeBegin(writer: EventWriter, index: SliceIndex, more: EventFields = {}): void {
    const { site, startNs, activation } = this.#slices
    const args = this.#withArgs ? this.#slices.args.get(index) : undefined
    const annotations = args === undefined ? undefined : annotationsOf(args)
    const run = activation.length === 0 ? 0 : activation[index]
    const rows = this.#rows.get(index) ?? []
    writer.write(EVENT_TYPE.begin, site[index], startNs[index], {
      ofEvent: (message) => {
        more.ofEvent?.(message)
        annotations?.write(message, EVENT.annotations, (name) => writer.annotationName(name))
        if (run !== 0) message.fixed64(EVENT.flowIds, this.#track + 1, Math.abs(run))
        for (const row of rows) message.fixed64(EVENT.flowIds, 0, this.#flows.flow[row])
      },
      ofPacket: (message) => {
        more.ofPacket?.(message)
        if (run !== 0) message.sint(TRACER_PACKET.run, run)
        if (annotations !== undefined && !annotations.areExact) message.text(TRACER_PACKET.argsText, annotations.text)
        for (const row of rows) this.#writeFlowPoint(message, row, startNs[index])
      },
    })
  }

  writeInstant(writer: EventWriter, instants: InstantTable, index: number): void {
    const args = this.#withArgs ? instants.args.get(index) : undefined
    const annotations = args === undefined ? undefined : annotationsOf(args)
    writer.write(EVENT_TYPE.instant, instants.site[index], instants.timeNs[index], {
      ofEvent: (message) => annotations?.write(message, EVENT.annotations, (name) => writer.annotationName(name)),
      ofPacket: (message) => {
        if (annotations !== undefined && !annotations.areExact) message.text(TRACER_PACKET.argsText, annotations.text)
      },
    })
  }

  #has(index: SliceIndex): boolean {
    const { activation, args } = this.#slices
    return (
      (activation.length > 0 && activation[index] !== 0) || (this.#withArgs && args.has(index)) || this.#rows.has(index)
    )
  }

  #writeFlowPoint(message: Message, row: number, startNs: number): void {
    // Perfetto attaches an arrow to the slice; that it ended later within it is for us.
    const offset = wholeNs(this.#flows.timeNs[row], 0) - wholeNs(startNs, 0)
    message.message(TRACER_PACKET.flowPoint, () => {
      message.uint(TRACER_FLOW_POINT.flow, this.#flows.flow[row]).sint(TRACER_FLOW_POINT.offset, offset)
    })
  }
}
