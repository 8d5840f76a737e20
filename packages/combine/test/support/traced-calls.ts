import { TraceBuilder, type NewMetadata, type Trace } from '@tracer/core'

/** What a trace is made of, as a test writes it. */
export interface TracedText extends Partial<NewMetadata> {
  readonly pid?: number
  /** Lines of `call <name> <start> <end>`, `instant <name> <time>`, or `span <name> <start> <end> <args>`. */
  readonly events: string
}

/** A trace of one process and one thread; times are those of its own zero. */
export function traced({ pid = 1, events, ...metadata }: TracedText): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid, name: 'node', commandLine: ['node', 'app.js'] })
  const thread = builder.addThread({ process, tid: pid, name: 'main' })
  for (const line of events.trim().split('\n')) {
    const [, kind, name, start, end, args] = /^\s*(\w+) (\S+) (\S+) ?(\S*) ?(.*)$/.exec(line) ?? []
    const file = kind === 'call' ? 'app.js' : ''
    const kinds = { call: 'function', instant: 'instant', span: 'async-span' } as const
    if (kind !== 'call' && kind !== 'instant' && kind !== 'span') throw new Error(`no event: ${line}`)
    const site = builder.addSite({ kind: kinds[kind], name, file, line: 1, column: 1 })
    if (kind === 'call') builder.addSlice(thread, site, Number(start), Number(end))
    else if (kind === 'instant') builder.addInstant(thread, site, Number(start))
    else builder.addAsyncSlice(thread, site, Number(start), Number(end), args === '' ? undefined : args)
  }
  return builder.build({ producer: 'tracer', clock: 'portable', originNs: 0, originEpochMs: 0, ...metadata })
}

/** All events of a trace with their times, by process. */
export function eventsOf(trace: Trace): string[] {
  return trace.tracks.flatMap((track) => {
    const process = trace.processes[trace.threads[track.thread].process].name
    if (track.kind === 'counter') return []
    const { slices } = track
    const rows = Array.from(
      { length: slices.length },
      (_, i) => `${process} ${trace.sites[slices.site[i]].name} ${slices.startNs[i]}+${slices.durationNs[i]}`,
    )
    if (track.kind === 'async') return rows
    const { instants } = track
    return [
      ...rows,
      ...Array.from(
        { length: instants.length },
        (_, i) => `${process} ${trace.sites[instants.site[i]].name} ${instants.timeNs[i]}`,
      ),
    ]
  })
}
