import type { InstantTable, SliceIndex, SliceTable, TrackIndex } from '@tracer/core'
import { annotationsOf } from './annotations.js'
import { wholeNs, type EventFields, type EventWriter } from './event-writer.js'
import { EVENT, EVENT_TYPE, TRACER_FLOW_POINT, TRACER_PACKET } from './fields.js'
import type { FileFlows, FlowEnd } from './flow-ends.js'
import type { Message } from './message.js'

/** What events of one track say beyond their site and time: arguments, activations, ends of arrows. */
export class SliceFields {
  readonly #slices: SliceTable
  readonly #track: TrackIndex
  readonly #flows: ReadonlyMap<SliceIndex, readonly FlowEnd[]>
  readonly #withArgs: boolean
  readonly #isPlain: boolean

  constructor(slices: SliceTable, track: TrackIndex, flows: FileFlows, withArgs: boolean) {
    this.#slices = slices
    this.#track = track
    this.#flows = flows.get(track) ?? new Map<SliceIndex, readonly FlowEnd[]>()
    this.#withArgs = withArgs
    this.#isPlain = slices.activation.length === 0 && this.#flows.size === 0 && (!withArgs || slices.args.size === 0)
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
    const flows = this.#flows.get(index) ?? []
    writer.write(EVENT_TYPE.begin, site[index], startNs[index], {
      ofEvent: (message) => {
        more.ofEvent?.(message)
        annotations?.write(message, EVENT.annotations, (name) => writer.annotationName(name))
        if (run !== 0) message.fixed64(EVENT.flowIds, this.#track + 1, Math.abs(run))
        for (const { flow } of flows) message.fixed64(EVENT.flowIds, 0, flow)
      },
      ofPacket: (message) => {
        more.ofPacket?.(message)
        if (run !== 0) message.sint(TRACER_PACKET.run, run)
        if (annotations !== undefined && !annotations.areExact) message.text(TRACER_PACKET.argsText, annotations.text)
        for (const end of flows) writeFlowPoint(message, end, wholeNs(startNs[index], 0))
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
      (activation.length > 0 && activation[index] !== 0) ||
      (this.#withArgs && args.has(index)) ||
      this.#flows.has(index)
    )
  }
}

function writeFlowPoint(message: Message, { flow, timeNs }: FlowEnd, startNs: number): void {
  // Perfetto attaches an arrow to the slice; when in it that was is for us.
  message.message(TRACER_PACKET.flowPoint, () => {
    message.uint(TRACER_FLOW_POINT.flow, flow).sint(TRACER_FLOW_POINT.offset, timeNs - startNs)
  })
}
