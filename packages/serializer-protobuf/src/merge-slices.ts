import type { Nanoseconds, SliceIndex, SliceTable } from '@tracer/core'
import { slicesOfMoments } from './flow-moments.js'
import type { PairedEvents, PairedFlow } from './pair-events.js'
import type { CompleteSlice } from './track-draft.js'

/** One slice on its way into another table. */
interface LooseSlice {
  readonly site: number
  readonly startNs: Nanoseconds
  readonly durationNs: Nanoseconds
  readonly activation: number
  readonly args: string | undefined
  readonly isUnfinished: boolean
  readonly flows: readonly PairedFlow[]
}

export interface MergedSlices {
  readonly nested: SliceTable
  readonly overlapping: SliceTable
  readonly flows: readonly PairedFlow[]
  readonly unmatchedFlows: number
}

/**
 * Nests slices that came whole among those of begin and end events. Of slices that start together the longer one is
 * the parent; one that partly overlaps another has no place in the nest.
 */
export function mergeComplete(
  paired: PairedEvents,
  complete: readonly CompleteSlice[],
  zeroNs: Nanoseconds,
): MergedSlices {
  const atSlices = paired.flows.filter(({ isMoment }) => !isMoment)
  const loose = [
    ...looseSlices({ ...paired, flows: atSlices }),
    ...complete.map((slice) => looseComplete(slice, zeroNs)),
  ]
  loose.sort((a, b) => a.startNs - b.startNs || b.durationNs - a.durationNs)
  const nested: LooseSlice[] = []
  const depths: number[] = []
  const overlapping: LooseSlice[] = []
  const ends: Nanoseconds[] = []
  for (const slice of loose) {
    const endNs = slice.startNs + slice.durationNs
    while (ends.length > 0 && isOver(ends[ends.length - 1], slice.startNs, endNs)) ends.pop()
    if (ends.length > 0 && endNs > ends[ends.length - 1]) {
      overlapping.push(slice)
      continue
    }
    nested.push(slice)
    depths.push(ends.length)
    ends.push(endNs)
  }
  const slices = table(nested, depths)
  const flows = flowsOf(nested)
  const found = slicesOfMoments(slices, paired.moments)
  for (const [i, { mark, timeNs }] of paired.moments.entries()) {
    const slice = found[i]
    if (slice !== undefined) flows.push({ mark, slice, timeNs, isMoment: true })
  }
  const unmatchedFlows = found.filter((slice) => slice === undefined).length
  return { nested: slices, overlapping: table(overlapping, []), flows, unmatchedFlows }
}

/** Part of an async track, and the order of its slices among those of all parts where that is known. */
export interface Lane extends PairedEvents {
  readonly complete: readonly CompleteSlice[]
  readonly arrivals: readonly number[]
  readonly positions: readonly number[]
}

/** The slices of all lanes in one table, by start; where a file of ours says their positions, in those. */
export function asyncSlices(
  lanes: readonly Lane[],
  zeroNs: Nanoseconds,
): { slices: SliceTable; flows: readonly PairedFlow[] } {
  const rows = lanes.flatMap((lane, number) => {
    const paired = looseSlices(lane).map((slice, index) => {
      const arrival = lane.arrivals.at(index) ?? number
      return { slice, arrival, position: lane.positions.at(index) ?? NONE }
    })
    const complete = lane.complete.map((slice) => ({
      slice: looseComplete(slice, zeroNs),
      arrival: number,
      position: NONE,
    }))
    return [...paired, ...complete]
  })
  rows.sort((a, b) => a.slice.startNs - b.slice.startNs || a.arrival - b.arrival)
  if (rows.some(({ position }) => position !== NONE)) rows.sort((a, b) => a.position - b.position)
  const slices = rows.map(({ slice }) => slice)
  return { slices: table(slices, []), flows: flowsOf(slices) }
}

const NONE = -1

function looseSlices({ slices, flows }: PairedEvents): LooseSlice[] {
  const bySlice = new Map<SliceIndex, PairedFlow[]>()
  for (const flow of flows) bySlice.set(flow.slice, [...(bySlice.get(flow.slice) ?? []), flow])
  return Array.from(slices.site, (site, index) => ({
    site,
    startNs: slices.startNs[index],
    durationNs: slices.durationNs[index],
    activation: slices.activation.length === 0 ? 0 : slices.activation[index],
    args: slices.args.get(index),
    isUnfinished: slices.unfinished.has(index),
    flows: bySlice.get(index) ?? [],
  }))
}

function looseComplete({ site, startNs, endNs, args }: CompleteSlice, zeroNs: Nanoseconds): LooseSlice {
  const durationNs = endNs - startNs
  return { site, startNs: startNs - zeroNs, durationNs, activation: 0, args, isUnfinished: false, flows: [] }
}

/** An empty slice at the very end of an open one is its last child; any other starts after it. */
function isOver(openEndNs: Nanoseconds, startNs: Nanoseconds, endNs: Nanoseconds): boolean {
  return openEndNs < startNs || (openEndNs === startNs && endNs > startNs)
}

function flowsOf(slices: readonly LooseSlice[]): PairedFlow[] {
  return slices.flatMap(({ flows }, slice) => flows.map((flow) => ({ ...flow, slice })))
}

function table(slices: readonly LooseSlice[], depths: readonly number[]): SliceTable {
  const args = new Map<SliceIndex, string>()
  const unfinished = new Set<SliceIndex>()
  slices.forEach((slice, index) => {
    if (slice.args !== undefined) args.set(index, slice.args)
    if (slice.isUnfinished) unfinished.add(index)
  })
  const hasActivations = slices.some(({ activation }) => activation !== 0)
  return {
    length: slices.length,
    site: Int32Array.from(slices, ({ site }) => site),
    startNs: Float64Array.from(slices, ({ startNs }) => startNs),
    durationNs: Float64Array.from(slices, ({ durationNs }) => durationNs),
    depth: Int32Array.from(slices, (_, index) => depths.at(index) ?? 0),
    activation: hasActivations ? Int32Array.from(slices, ({ activation }) => activation) : new Int32Array(0),
    args,
    unfinished,
  }
}
