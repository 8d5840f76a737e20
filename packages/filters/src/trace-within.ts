import { filterTrace, type InstantTable, type Nanoseconds, type SampleTable, type Trace } from '@tracer/core'
import { inRange } from './by-slice.js'

/**
 * The part of a trace between two moments, `toNs` not included: slices that ran then, if only in part, and what
 * happened then. Times stay as they are. Calls that are in no slice go: when they were is not known.
 */
export function traceWithin(trace: Trace, fromNs: Nanoseconds, toNs: Nanoseconds): Trace {
  const within = filterTrace(trace, inRange(fromNs, toNs))
  const isWithin = (ns: Nanoseconds): boolean => ns >= fromNs && ns < toNs
  return {
    ...within,
    tracks: within.tracks.map((track) => {
      switch (track.kind) {
        case 'thread':
          return { ...track, instants: instantsWhere(track.instants, isWithin) }
        case 'counter':
          return { ...track, samples: samplesWhere(track.samples, isWithin) }
        case 'async':
          return track
      }
    }),
    unrecorded: {
      length: 0,
      thread: NO_ROWS,
      site: NO_ROWS,
      calls: NO_NUMBERS,
      estimatedNs: NO_NUMBERS,
      laterRuns: NO_NUMBERS,
    },
  }
}

const NO_ROWS = new Int32Array(0)
const NO_NUMBERS = new Float64Array(0)

function instantsWhere({ site, timeNs, args }: InstantTable, isWanted: (ns: Nanoseconds) => boolean): InstantTable {
  const rows = rowsWhere(timeNs, isWanted)
  const texts = rows.flatMap((row, index): [number, string][] => {
    const text = args.get(row)
    return text === undefined ? [] : [[index, text]]
  })
  return {
    length: rows.length,
    site: Int32Array.from(rows, (row) => site[row]),
    timeNs: Float64Array.from(rows, (row) => timeNs[row]),
    args: new Map(texts),
  }
}

function samplesWhere({ timeNs, value }: SampleTable, isWanted: (ns: Nanoseconds) => boolean): SampleTable {
  const rows = rowsWhere(timeNs, isWanted)
  return {
    length: rows.length,
    timeNs: Float64Array.from(rows, (row) => timeNs[row]),
    value: Float64Array.from(rows, (row) => value[row]),
  }
}

function rowsWhere(timeNs: Float64Array, isWanted: (ns: Nanoseconds) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < timeNs.length; row++) if (isWanted(timeNs[row])) rows.push(row)
  return rows
}
