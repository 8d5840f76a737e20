import type { Trace } from './trace.js'

/** What a file format may have no place for. */
export type TracePart =
  | 'counters'
  | 'instants'
  | 'flows'
  | 'async slices'
  | 'arguments'
  | 'activations'
  | 'unfinished'
  | 'sources'
  | 'unrecorded'
  | 'drops'

const PARTS: readonly TracePart[] = [
  'counters',
  'instants',
  'flows',
  'async slices',
  'arguments',
  'activations',
  'unfinished',
  'sources',
  'unrecorded',
  'drops',
]

/**
 * What of `parts`, of all unless given, this trace has, as {@link TraceSerializer.omits} says it: a few words each, with
 * its number.
 */
export function omissions(trace: Trace, parts = PARTS): string[] {
  return parts.flatMap((part) => {
    const count = COUNTS[part](trace)
    return count === 0 ? [] : [TEXTS[part](count)]
  })
}

const COUNTS: Readonly<Record<TracePart, (trace: Trace) => number>> = {
  counters: (trace) => trace.tracks.filter(({ kind }) => kind === 'counter').length,
  instants: (trace) => sum(trace, (track) => (track.kind === 'thread' ? track.instants.length : 0)),
  flows: ({ flows }) => flows.flow.reduce((highest, flow) => Math.max(highest, flow), 0),
  'async slices': (trace) => sum(trace, (track) => (track.kind === 'async' ? track.slices.length : 0)),
  arguments: (trace) => sum(trace, (track) => (track.kind === 'counter' ? 0 : track.slices.args.size)),
  activations: (trace) =>
    sum(trace, (track) => (track.kind === 'thread' ? track.slices.activation.filter((id) => id !== 0).length : 0)),
  unfinished: (trace) => sum(trace, (track) => (track.kind === 'thread' ? track.slices.unfinished.size : 0)),
  sources: ({ sources }) => sources.size,
  unrecorded: ({ unrecorded }) => unrecorded.calls.reduce((all, calls) => all + calls, 0),
  drops: ({ threads }) => threads.reduce((all, { drops }) => all + drops.reduce((one, { count }) => one + count, 0), 0),
}

const TEXTS: Readonly<Record<TracePart, (count: number) => string>> = {
  counters: (count) => counted(count, 'counter'),
  instants: (count) => counted(count, 'instant'),
  flows: (count) => counted(count, 'flow'),
  'async slices': (count) => counted(count, 'async slice'),
  arguments: (count) => `arguments of ${counted(count, 'slice')}`,
  activations: (count) => `which call ${counted(count, 'run')} of async functions belong to`,
  unfinished: (count) => `that ${counted(count, 'slice')} had not ended`,
  sources: (count) => counted(count, 'source text'),
  unrecorded: (count) => counted(count, 'call') + ' without a slice',
  drops: (count) => `that ${counted(count, 'record')} were lost`,
}

function sum(trace: Trace, count: (track: Trace['tracks'][number]) => number): number {
  return trace.tracks.reduce((all, track) => all + count(track), 0)
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
