import { fileIds, type CounterTrack, type Trace, type Track, type TrackIndex } from '@tracer/core'
import { writeAsyncTrack, type Lanes } from './async-writer.js'
import { EventWriter } from './event-writer.js'
import { COUNTER, EVENT, EVENT_TYPE, PACKET, TRACER_PACKET, TRACK } from './fields.js'
import { fileFlows, type FileFlows } from './flow-ends.js'
import { headerPackets, sourcePackets } from './header-packets.js'
import { Message } from './message.js'
import { Pages } from './pages.js'
import { SliceFields } from './slice-fields.js'
import { writeThreadTrack } from './slice-writer.js'
import { firstNs, planTracks, type TrackPlan } from './track-plan.js'

/**
 * Writes Perfetto's packet stream: what the trace is of, then the events of one track after the other, each on a
 * packet sequence of its own, then the texts of source files. What Perfetto has no place for stands in fields of our
 * own beside it, so that {@link readTrace} gives back the same trace.
 */
export function* writeTrace(trace: Trace, withArgs: boolean): Generator<Uint8Array, void, undefined> {
  const pages = new Pages()
  const plan = planTracks(trace)
  for (const { bytes, length } of headerPackets(trace, fileIds(trace, MAX_ID), plan)) {
    pages.appendPacket(bytes.subarray(0, length))
    yield* pages.takeFull()
  }
  const flows = fileFlows(trace.flows)
  for (const [index, track] of trace.tracks.entries()) {
    yield* writeTrack(pages, trace, track, index, plan, flows, withArgs)
    yield* pages.takeFull()
  }
  for (const message of sourcePackets(trace.sources)) {
    pages.appendPacket(message.view())
    yield* pages.takeFull()
  }
  yield* pages.takeRest()
}

function* writeTrack(
  pages: Pages,
  trace: Trace,
  track: Track,
  index: TrackIndex,
  plan: TrackPlan,
  flows: FileFlows,
  withArgs: boolean,
): Generator<Uint8Array, void, undefined> {
  const thread = plan.threadUuids[track.thread]
  const uuid = track.kind === 'thread' ? thread : plan.newUuid()
  const announce = (trackUuid: number, name: string) => {
    pages.appendPacket(trackDescriptor(track, index, trackUuid, thread, name, plan.zero))
    return trackUuid
  }
  const place = { sequence: plan.sequenceOf(index), trackUuid: uuid, zero: plan.zero }
  const writer = new EventWriter(pages, trace.sites, siteUses(track, trace.sites.length), place, firstNs(track))
  if (track.kind === 'counter') {
    announce(uuid, counterName(track))
    writer.start()
    yield* writeSamples(pages, writer, track)
    return
  }
  const fields = new SliceFields(track.slices, index, flows, withArgs)
  if (track.kind === 'async') {
    const lanes: Lanes = { first: announce(uuid, track.name), add: () => announce(plan.newUuid(), track.name) }
    writer.start()
    yield* writeAsyncTrack(pages, writer, track, fields, lanes)
    return
  }
  writer.start(trace.threads[track.thread].drops.length > 0)
  yield* writeThreadTrack(pages, writer, track, fields, uuid)
}

/**
 * Only threads have so many events that counting them pays. Of very many a part tells which sites are frequent:
 * counting ten million took a tenth of the time of writing them.
 */
function siteUses(track: Track, sites: number): Int32Array | undefined {
  if (track.kind !== 'thread') return undefined
  const uses = new Int32Array(sites)
  const { site, length } = track.slices
  const step = Math.max(1, Math.floor(length / COUNTED_SLICES))
  for (let i = 0; i < length; i += step) uses[site[i]]++
  for (const instant of track.instants.site) uses[instant]++
  return uses
}

const COUNTED_SLICES = 2 ** 20

function counterName({ name, series }: CounterTrack): string {
  return series === '' ? name : `${name} ${series}`
}

function trackDescriptor(
  track: Track,
  index: TrackIndex,
  uuid: number,
  parent: number,
  name: string,
  zero: number,
): Uint8Array {
  const message = new Message().uint(PACKET.timestamp, zero)
  message.message(PACKET.trackDescriptor, () => {
    message.uint(TRACK.uuid, uuid).uint(TRACK.parentUuid, parent).text(TRACK.name, name)
    if (track.kind === 'counter') message.message(TRACK.counter, () => message.uint(COUNTER.isIncremental, 0))
  })
  return message.uint(TRACER_PACKET.trackIndex, index + 1).view()
}

function* writeSamples(
  pages: Pages,
  writer: EventWriter,
  { samples }: CounterTrack,
): Generator<Uint8Array, void, undefined> {
  for (let i = 0; i < samples.length; i++) {
    writer.write(EVENT_TYPE.counter, undefined, samples.timeNs[i], {
      ofEvent: (message) => message.double(EVENT.doubleCounterValue, samples.value[i]),
    })
    if (i % SAMPLES_BETWEEN_PAGES !== 0) continue
    writer.restartWhenDue()
    yield* pages.takeFull()
  }
}

const SAMPLES_BETWEEN_PAGES = 1024

/** Perfetto takes the numbers of processes and threads for signed 32-bit integers. */
const MAX_ID = 2 ** 31 - 1
