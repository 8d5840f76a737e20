import { filterTrace, type Trace } from '@tracer/core'
import type { TimeRange } from '../state/model.js'

/** The trace with only what touches a range of time: its calls, those around them, and their arguments. */
export function traceWithin(trace: Trace, { fromNs, toNs }: TimeRange): Trace {
  const calls = filterTrace(trace, {
    id: 'range',
    keeps: (_, { startNs, durationNs }, index) => startNs[index] < toNs && startNs[index] + durationNs[index] > fromNs,
  })
  const isWithin = (ns: number): boolean => ns >= fromNs && ns < toNs
  return {
    ...calls,
    tracks: calls.tracks.map((track) => {
      if (track.kind === 'counter') {
        const rows = rowsWhere(track.samples.timeNs, isWithin)
        const samples = {
          length: rows.length,
          timeNs: Float64Array.from(rows, (row) => track.samples.timeNs[row]),
          value: Float64Array.from(rows, (row) => track.samples.value[row]),
        }
        return { ...track, samples }
      }
      if (track.kind === 'async') return track
      const { site, timeNs, args } = track.instants
      const rows = rowsWhere(timeNs, isWithin)
      const texts = new Map<number, string>()
      rows.forEach((row, index) => {
        const text = args.get(row)
        if (text !== undefined) texts.set(index, text)
      })
      const instants = {
        length: rows.length,
        site: Int32Array.from(rows, (row) => site[row]),
        timeNs: Float64Array.from(rows, (row) => timeNs[row]),
        args: texts,
      }
      return { ...track, instants }
    }),
    // When a call was that is in no slice is not known.
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

function rowsWhere(timeNs: Float64Array, isWanted: (ns: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < timeNs.length; row++) if (isWanted(timeNs[row])) rows.push(row)
  return rows
}
