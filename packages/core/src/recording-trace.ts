import type { Clock } from './clock.js'
import { namedSite } from './named-sites.js'
import type { OpenSpans } from './open-spans.js'
import type { RecordingCopy } from './recording.js'
import { TraceBuilder } from './trace-builder.js'
import type { Drop, Process, Thread, Trace } from './trace.js'
import type { Nanoseconds, SiteIndex, ThreadIndex, Ticks } from './units.js'

/** What is known of a recording besides its records. */
export interface RecordingContext {
  readonly clock: Clock
  readonly process: Process
  readonly thread: Pick<Thread, 'tid' | 'name'>
  /** When recording began. */
  readonly since: Ticks
  /** The moment of the copy, at which the open spans are shown to end. */
  readonly now: Ticks
  readonly open: OpenSpans
}

/** Makes a trace of one process and one thread. Cold: names, units and nesting are worked out here. */
export function recordingTrace(copy: RecordingCopy, context: RecordingContext): Trace {
  const { clock } = context
  // Whole nanoseconds: what the unit of the clock leaves behind the point is noise.
  const toNs = (ticks: Ticks): Nanoseconds => Math.round(clock.originNs + ticks * clock.nsPerTick)
  const builder = new TraceBuilder()
  const thread = builder.addThread({ process: builder.addProcess(context.process), ...context.thread }, 'by-end')
  addRecords(builder, thread, copy, toNs)
  addOpenSpans(builder, thread, context, toNs)
  const drop = dropOf(copy, context.since, toNs)
  if (drop !== undefined) builder.addDrop(thread, drop)
  const trace = builder.build({
    producer: PRODUCER,
    clock: clock.id,
    originEpochMs: clock.originEpochMs - clock.originNs / NS_PER_MS,
  })
  return clock.originNs === 0 ? withUnknownOrigin(trace) : trace
}

const PRODUCER = '@tracer/core'
const NS_PER_MS = 1e6

/** The builder's axis began where the clock did, which is nowhere on the machine's. */
function withUnknownOrigin(trace: Trace): Trace {
  return Object.freeze({ ...trace, metadata: Object.freeze({ ...trace.metadata, originNs: 0 }) })
}

type ToNs = (ticks: Ticks) => Nanoseconds

function addRecords(builder: TraceBuilder, thread: ThreadIndex, copy: RecordingCopy, toNs: ToNs): void {
  const { records, annotations, sites } = copy
  const indexes: (SiteIndex | undefined)[] = []
  for (let i = 0; i < records.length; i++) {
    const id = records.site[i]
    const site = sites[id - 1]
    const start = toNs(records.start[i])
    if (site.kind === 'counter') {
      const counter = copy.series[id]
      if (counter !== undefined) {
        builder.addSample(thread, counter.name, counter.series, start, records.end[i])
      }
      continue
    }
    const index = (indexes[id] ??= builder.addSite(site))
    const annotation = annotations.get(records.firstSequence + i)
    if (site.kind === 'instant') {
      builder.addInstant(thread, index, start, annotation?.args)
      continue
    }
    const end = toNs(records.end[i])
    if (site.kind === 'async-span') {
      builder.addAsyncSlice(thread, index, start, end, annotation?.args, annotation?.isUnfinished)
      continue
    }
    const position = builder.addSlice(thread, index, start, end)
    if (annotation?.args !== undefined) builder.setArgs(thread, position, annotation.args)
    if (annotation?.isUnfinished === true) builder.setUnfinished(thread, position)
  }
}

function addOpenSpans(builder: TraceBuilder, thread: ThreadIndex, { open, now }: RecordingContext, toNs: ToNs): void {
  const end = toNs(now)
  for (const { name, start, args } of open.nested()) {
    const site = builder.addSite(namedSite('span', name))
    const position = builder.addSlice(thread, site, toNs(start), end)
    if (args !== undefined) builder.setArgs(thread, position, args)
    builder.setUnfinished(thread, position)
  }
  for (const { name, start, args } of open.detached()) {
    const site = builder.addSite(namedSite('async-span', name))
    builder.addAsyncSlice(thread, site, toNs(start), end, args, true)
  }
}

/** Overwritten records ended before the oldest that is held; refused ones say themselves where they lay. */
function dropOf(copy: RecordingCopy, since: Ticks, toNs: ToNs): Drop | undefined {
  const { refused, dropped, records } = copy
  if (refused !== undefined) {
    return { count: dropped, startNs: toNs(refused.firstStart), endNs: toNs(refused.lastStart) }
  }
  if (dropped === 0) return undefined
  const isSample = copy.sites[records.site[0] - 1].kind === 'counter'
  return { count: dropped, startNs: toNs(since), endNs: toNs(isSample ? records.start[0] : records.end[0]) }
}
