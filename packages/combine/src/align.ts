import type { Nanoseconds } from '@tracer/core'
import { Offsets, type Bound } from './bounds.js'
import type { Landmarks } from './landmarks.js'
import type { AlignMethod } from './methods.js'
import { SpanPairs } from './span-pairs.js'

/** What the place of an input rests on. */
export type AlignedBy = 'reference' | 'boot' | 'requests' | 'marker' | 'clock' | 'start'

/** Where an input lies on the common axis. */
export interface Alignment {
  /** Added to a time of the input it gives its time on the axis, in whole nanoseconds. */
  readonly shiftNs: Nanoseconds
  readonly by: AlignedBy
  /** How far `shiftNs` may be off either way; undefined when nothing says. */
  readonly uncertaintyNs: Nanoseconds | undefined
  /** How far the input's wall clock is ahead of that of the reference; undefined when one has none. */
  readonly clockAheadNs: Nanoseconds | undefined
}

/** The places of all inputs. */
export interface AlignedInputs {
  /** By input. */
  readonly alignments: readonly Alignment[]
  /** Requests from one input to another. */
  readonly pairs: SpanPairs
  /** By how much requests contradict each other: ends that were noted late, or clocks that drift. */
  readonly contradictionNs: Nanoseconds
}

/** What puts inputs on one time axis; `auto` unless a method is given. */
export interface AlignOptions {
  readonly method?: AlignMethod
  /** Name of the instants that mark one moment in all inputs; `sync` by default. */
  readonly marker?: string
}

/** Inputs whose times lie on one monotonic clock, with their places relative to the first. */
interface ClockGroup {
  readonly inputs: readonly number[]
  /** By position in `inputs`. */
  readonly shiftsNs: readonly Nanoseconds[]
  /** On the axis of the group. */
  readonly firstNs: Nanoseconds
  readonly markerNs: Nanoseconds | undefined
  /** Wall-clock time of the zero of the group's axis; undefined when unknown. */
  readonly epochMs: number | undefined
}

/**
 * Finds where each input lies on a common axis whose zero is the first moment of all. The result does not
 * depend on the order of the inputs.
 *
 * Inputs of one boot of a machine share its monotonic clock. For others, requests between them bound how
 * far their clocks are apart; within the bounds a marker decides, else their middle, and where requests say
 * nothing, the wall clock or else the start.
 */
export function align(
  inputs: readonly Landmarks[],
  { method = 'auto', marker = 'sync' }: AlignOptions = {},
): AlignedInputs {
  const order = [...inputs.keys()].sort((a, b) => compare(inputs[a], inputs[b]))
  const groups = groupsOf(inputs, order, marker, method === 'auto')
  const pairs = new SpanPairs(inputs)
  const bounds = method === 'auto' ? boundsOf(pairs, groups) : []
  const offsets = new Offsets(groups.length, bounds)
  const placed = placeGroups(groups, offsets, method)
  const alignments = inputs.map((_, input): Alignment => {
    const group = groups.findIndex((each) => each.inputs.includes(input))
    const { inputs: members, shiftsNs } = groups[group]
    const { offsetNs, by, uncertaintyNs } = placed[group]
    const isReference = group === 0 && members[0] === input
    const isOnKnownClock = members.length > 1 && by === 'reference'
    return {
      shiftNs: Math.round(offsetNs + shiftsNs[members.indexOf(input)]),
      by: isReference ? 'reference' : isOnKnownClock ? 'boot' : by,
      uncertaintyNs: by === 'reference' ? 0 : uncertaintyNs,
      clockAheadNs: clockAhead(groups[0], groups[group], offsetNs),
    }
  })
  const first = Math.min(...alignments.map(({ shiftNs }, input) => shiftNs + finite(inputs[input].firstNs)))
  return {
    alignments: alignments.map((each) => ({ ...each, shiftNs: each.shiftNs - Math.floor(first) })),
    pairs,
    contradictionNs: offsets.contradictionNs,
  }
}

interface Place {
  readonly offsetNs: Nanoseconds
  readonly by: AlignedBy
}

interface PlacedGroup extends Place {
  readonly uncertaintyNs: Nanoseconds | undefined
}

/** One after the other, those first of which requests say most. */
function placeGroups(groups: readonly ClockGroup[], offsets: Offsets, method: AlignMethod): PlacedGroup[] {
  // What is decided for one group narrows the others, which are not known any better for that.
  const ranges = groups.map((_, group) => ({ lowerNs: offsets.lower(0, group), upperNs: offsets.upper(0, group) }))
  const placed = new Map<number, Place>([[0, { offsetNs: 0, by: 'reference' }]])
  while (placed.size < groups.length) {
    const rest = [...groups.keys()].filter((group) => !placed.has(group))
    const next = rest.reduce((best, group) => (width(offsets, group) < width(offsets, best) ? group : best))
    const place = placeOf(groups[next], groups[0], offsets.lower(0, next), offsets.upper(0, next), method)
    placed.set(next, place)
    offsets.fix(0, next, place.offsetNs)
  }
  return ranges.map(({ lowerNs, upperNs }, group) => {
    const { offsetNs, by } = placed.get(group) ?? { offsetNs: 0, by: 'start' }
    const offNs = Math.max(offsetNs - lowerNs, upperNs - offsetNs)
    return { offsetNs, by, uncertaintyNs: Number.isFinite(offNs) ? Math.max(0, offNs) + offsets.slackNs : undefined }
  })
}

function width(offsets: Offsets, group: number): Nanoseconds {
  return offsets.upper(0, group) - offsets.lower(0, group)
}

function placeOf(
  group: ClockGroup,
  reference: ClockGroup,
  lowerNs: Nanoseconds,
  upperNs: Nanoseconds,
  method: AlignMethod,
): Place {
  const within = (offsetNs: Nanoseconds, by: AlignedBy): Place => {
    const clamped = Math.min(Math.max(offsetNs, lowerNs), upperNs)
    return { offsetNs: clamped, by: clamped === offsetNs ? by : 'requests' }
  }
  const byMarker = difference(reference.markerNs, group.markerNs)
  if (byMarker !== undefined && (method === 'auto' || method === 'marker')) return within(byMarker, 'marker')
  if (upperNs - lowerNs < Infinity) return { offsetNs: Math.round((lowerNs + upperNs) / 2), by: 'requests' }
  const byClock = wallClockOffset(reference, group)
  if (byClock !== undefined && method !== 'start') return within(byClock, 'clock')
  return within(finite(reference.firstNs) - finite(group.firstNs), 'start')
}

function clockAhead(reference: ClockGroup, group: ClockGroup, offsetNs: Nanoseconds): Nanoseconds | undefined {
  const byClock = wallClockOffset(reference, group)
  return byClock === undefined ? undefined : byClock - offsetNs
}

/** Where a group would lie if the wall clocks of both were right. */
function wallClockOffset(reference: ClockGroup, group: ClockGroup): Nanoseconds | undefined {
  if (reference.epochMs === undefined || group.epochMs === undefined) return undefined
  return (group.epochMs - reference.epochMs) * NS_PER_MS
}

function difference(a: Nanoseconds | undefined, b: Nanoseconds | undefined): Nanoseconds | undefined {
  return a === undefined || b === undefined ? undefined : a - b
}

function boundsOf(pairs: SpanPairs, groups: readonly ClockGroup[]): Bound[] {
  const place = new Map(
    groups.flatMap(({ inputs, shiftsNs }, group) =>
      inputs.map((input, i) => [input, { group, shiftNs: shiftsNs[i] }] as const),
    ),
  )
  // There may be a million requests: of those between two groups only the tightest count.
  const tightest = new Map<number, Required<Bound>>()
  for (const { parent, child } of pairs) {
    const [from, to] = [place.get(parent.input), place.get(child.input)]
    if (from === undefined || to === undefined || from.group === to.group) continue
    const apartNs = from.shiftNs - to.shiftNs
    const [outer, inner] = [parent.span, child.span]
    const lowerNs = outer.startNs - inner.startNs + apartNs
    // What goes on when the answer has come, such as a stream that is closed later, began before it at least.
    const outlives = inner.endNs - inner.startNs > outer.endNs - outer.startNs
    const lastNs = outlives || Number.isNaN(inner.endNs) ? inner.startNs : inner.endNs
    const upperNs = Number.isNaN(outer.endNs) ? Infinity : outer.endNs - lastNs + apartNs
    const key = from.group * groups.length + to.group
    // An answer may arrive before its sender has noted that it was sent, but not before the request did.
    const certainUpperNs = upperNs + lastNs - inner.startNs
    const known = tightest.get(key) ?? { lowerNs: -Infinity, upperNs: Infinity, certainUpperNs: Infinity }
    tightest.set(key, {
      from: from.group,
      to: to.group,
      lowerNs: Math.max(known.lowerNs, lowerNs),
      upperNs: Math.min(known.upperNs, upperNs),
      certainUpperNs: Math.min(known.certainUpperNs, certainUpperNs),
    })
  }
  return [...tightest.values()]
}

/** Inputs in the order given, together where they are of one boot; each on its own when `byBoot` is false. */
function groupsOf(
  inputs: readonly Landmarks[],
  order: readonly number[],
  marker: string,
  byBoot: boolean,
): ClockGroup[] {
  const groups = new Map<string, number[]>()
  for (const input of order) {
    const { bootId, originNs } = inputs[input]
    const key = byBoot && bootId !== '' && originNs > 0 ? `boot ${bootId}` : `input ${input}`
    groups.set(key, [...(groups.get(key) ?? []), input])
  }
  return Array.from(groups.values(), (members) => {
    const zeroNs = inputs[members[0]].originNs
    const shiftsNs = members.map((input) => (members.length === 1 ? 0 : inputs[input].originNs - zeroNs))
    const onAxis = (timeNs: (input: Landmarks) => Nanoseconds | undefined) =>
      members.flatMap((input, i) => {
        const time = timeNs(inputs[input])
        return time === undefined ? [] : [time + shiftsNs[i]]
      })
    const markers = onAxis(({ markers: known }) => known.get(marker))
    const epochs = members.flatMap((input, i) => {
      const { originEpochMs } = inputs[input]
      return originEpochMs > 0 ? [originEpochMs - shiftsNs[i] / NS_PER_MS] : []
    })
    return {
      inputs: members,
      shiftsNs,
      firstNs: Math.min(...onAxis(({ firstNs }) => firstNs)),
      markerNs: markers.length === 0 ? undefined : Math.min(...markers),
      epochMs: epochs.at(0),
    }
  })
}

/** Any order will do, so long as it is that of the inputs themselves. */
function compare(a: Landmarks, b: Landmarks): number {
  return (
    a.originEpochMs - b.originEpochMs ||
    a.originNs - b.originNs ||
    text(a.bootId, b.bootId) ||
    text(a.hostName, b.hostName) ||
    finite(a.firstNs) - finite(b.firstNs) ||
    a.spans.length - b.spans.length ||
    a.markers.size - b.markers.size
  )
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function finite(ns: Nanoseconds): Nanoseconds {
  return Number.isFinite(ns) ? ns : 0
}

const NS_PER_MS = 1e6
