import type { AsyncTrack, SliceIndex, SliceTable } from '@tracer/core'
import type { EventWriter } from './event-writer.js'
import { EVENT, EVENT_TYPE, TRACER_PACKET } from './fields.js'
import type { Message } from './message.js'
import { OpenEnds } from './open-ends.js'
import type { Pages } from './pages.js'
import type { SliceFields } from './slice-fields.js'

const BLOCK_LENGTH = 1024

/** The lanes of a track: the first is that of its sequence, more are announced as they are needed. */
export interface Lanes {
  readonly first: number
  add(): number
}

/**
 * Writes slices that may overlap. Perfetto nests those of one track, so each goes on a lane on which nothing else is
 * open: a track with the same name, which Perfetto draws as a part of the same row.
 *
 * ```
 * lane 1   |--a--||----c----|
 * lane 2      |----b---|
 * ```
 */
export function* writeAsyncTrack(
  pages: Pages,
  writer: EventWriter,
  { slices }: AsyncTrack,
  fields: SliceFields,
  lanes: Lanes,
): Generator<Uint8Array, void, undefined> {
  const order = byStart(slices)
  const isInOrder = order.every((slice, position) => slice === position)
  const open = new OpenEnds()
  const free = [lanes.first]
  const onLane = (lane: number) => (message: Message) => {
    if (lane !== lanes.first) message.uint(EVENT.trackUuid, lane)
  }
  const end = (slice: SliceIndex, lane: number, endNs: number) => {
    free.push(lane)
    const isUnfinished = slices.unfinished.has(slice)
    const ofPacket = (message: Message) => {
      if (isUnfinished) message.uint(TRACER_PACKET.unfinishedEnd, lane)
    }
    writer.write(EVENT_TYPE.end, undefined, endNs, { ofEvent: onLane(lane), ofPacket })
  }
  let sinceYield = 0
  for (const slice of order) {
    const start = Math.round(slices.startNs[slice])
    open.takeUntil(start, end)
    const lane = free.pop() ?? lanes.add()
    fields.writeBegin(writer, slice, {
      ofEvent: onLane(lane),
      ofPacket: (message) => {
        if (!isInOrder) message.uint(TRACER_PACKET.position, slice + 1)
      },
    })
    open.add(slice, lane, Math.round(slices.startNs[slice] + slices.durationNs[slice]))
    if (++sinceYield < BLOCK_LENGTH) continue
    sinceYield = 0
    writer.restartWhenDue()
    yield* pages.takeFull()
  }
  open.takeUntil(Infinity, (slice, lane, endNs) => {
    // What was cut off by the end of the recording stays open for other programs.
    if (!slices.unfinished.has(slice)) end(slice, lane, endNs)
    else writer.writeOwn(endNs, (message) => message.uint(TRACER_PACKET.unfinishedEnd, lane))
  })
}

/** Slices by start, as the file will hold it; tables of slices that did not nest may have another order. */
function byStart({ length, startNs }: SliceTable): readonly SliceIndex[] {
  const order = Array.from({ length }, (_, index) => index)
  return order.sort((a, b) => Math.round(startNs[a]) - Math.round(startNs[b]) || a - b)
}
