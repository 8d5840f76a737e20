import type { Nanoseconds, SiteIndex, ThreadIndex, Trace } from '@tracer/core'
import { milliseconds } from './columns.js'
import type { StringIndex } from './string-index.js'

const TYPE = 'Tracer'
const INSTANT = '0'
const INTERVAL = '1'

/** How the profiler shows our markers. */
export const MARKER_SCHEMA = [
  {
    name: TYPE,
    display: ['marker-chart', 'marker-table', 'timeline-overview'],
    tooltipLabel: '{marker.name}',
    tableLabel: '{marker.name} {marker.data.args}',
    fields: [{ key: 'args', label: 'Arguments', format: 'string' }],
  },
]

interface Marker {
  readonly site: SiteIndex
  readonly startNs: Nanoseconds
  /** Undefined for a moment. */
  readonly endNs: Nanoseconds | undefined
  readonly args: string | undefined
}

/** The columns of a thread's markers: its instants, and its slices that may overlap others. */
export function markerColumns(
  trace: Trace,
  thread: ThreadIndex,
  strings: StringIndex,
): Readonly<Record<string, () => Iterable<string>>> {
  const column = (text: (marker: Marker) => string) =>
    function* (): Generator<string, void, undefined> {
      for (const marker of markersOf(trace, thread)) yield text(marker)
    }
  return {
    category: column(() => '0'),
    data: column(({ args }) => JSON.stringify({ type: TYPE, ...(args !== undefined && { args }) })),
    endTime: column(({ endNs }) => (endNs === undefined ? 'null' : time(endNs))),
    name: column(({ site }) => String(strings.of(trace.sites[site].name))),
    phase: column(({ endNs }) => (endNs === undefined ? INSTANT : INTERVAL)),
    startTime: column(({ startNs }) => time(startNs)),
  }
}

function* markersOf(trace: Trace, thread: ThreadIndex): Generator<Marker, void, undefined> {
  for (const track of trace.tracks) {
    if (track.thread !== thread) continue
    if (track.kind === 'thread') {
      const { length, site, timeNs, args } = track.instants
      for (let i = 0; i < length; i++) {
        yield { site: site[i], startNs: timeNs[i], endNs: undefined, args: args.get(i) }
      }
    } else if (track.kind === 'async') {
      const { length, site, startNs, durationNs, args } = track.slices
      for (let i = 0; i < length; i++) {
        yield { site: site[i], startNs: startNs[i], endNs: startNs[i] + durationNs[i], args: args.get(i) }
      }
    }
  }
}

function time(ns: Nanoseconds): string {
  return milliseconds(Number.isFinite(ns) ? Math.round(ns) : 0)
}
