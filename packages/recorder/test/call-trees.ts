import { ACTIVATION_MARKER, TraceBuilder, type SiteId, type Ticks } from '@tracer/core'
import { RecordingGaps } from '@tracer/spool'
import fc from 'fast-check'
import { CHUNK_SLOTS, CONTROL, CURSOR, type ThreadMemory } from '../src/thread-memory.js'
import type { Probes } from '../src/probes.js'

/**
 * What a function does: calls others, lets time pass, hears a tick, changes how its own site is recorded,
 * or stops or starts recording.
 */
export type Step =
  | { readonly call: Call }
  | { readonly pass: number }
  | { readonly tick: number }
  | { readonly flip: true }
  | { readonly want: 'started' | 'stopped' }

/** One call; the site is its own. */
export interface Call {
  readonly isTimed: boolean
  /** Whether it suspends once, after its first half. */
  readonly suspends: boolean
  readonly steps: readonly Step[]
}

/** Programs of some dozen calls. */
export const programs = programsWith([])

/** The same, which also stop and start recording. */
export const stoppingPrograms = programsWith([
  fc.record({ want: fc.constantFrom<'started' | 'stopped'>('started', 'stopped') }),
])

function programsWith(more: readonly fc.Arbitrary<Step>[]): fc.Arbitrary<readonly Step[]> {
  const { steps } = fc.letrec<{ steps: readonly Step[]; call: Call }>((tie) => ({
    steps: fc.array(
      fc.oneof(
        { maxDepth: 5, depthSize: 'medium' },
        fc.record({ pass: fc.integer({ min: 1, max: 300 }) }),
        fc.record({ tick: fc.integer({ min: 0, max: 20 }) }),
        fc.record({ flip: fc.constant<true>(true) }),
        ...more,
        { arbitrary: fc.record({ call: tie('call') }), weight: 5 },
      ),
      { maxLength: 6 },
    ),
    call: fc.record({ isTimed: fc.boolean(), suspends: fc.boolean(), steps: tie('steps') }),
  }))
  return steps
}

/** What a program can do to the thread it runs on. */
export interface Machine {
  readonly probes: Probes
  readonly pass: (ticks: number) => void
  /** A tick that tells a time `lag` ticks ago. */
  readonly tick: (lag: number) => void
  readonly setTimed: (site: SiteId, isTimed: boolean) => void
  /** Gives the moment if it was otherwise. */
  readonly want: (wanted: 'started' | 'stopped') => Ticks | undefined
  readonly now: () => Ticks
  /** The time that the thread was told last. */
  readonly told: () => Ticks
}

/** One run of a call: plain functions have one. */
export interface Slice {
  readonly site: SiteId
  readonly run: number
  readonly depth: number
  readonly start: Ticks
  readonly end: Ticks
}

/** A slice as it happened. */
export interface TrueSlice extends Slice {
  /** By how much the time that the thread was told went on. */
  readonly seen: Ticks
  /** How often recording had been stopped or started when it began: odd while it was stopped. */
  readonly epoch: number
  readonly isCut: boolean
}

/** Runs a program through the probes and gives the slices that it has, parents first. */
export function run(program: readonly Step[], { probes, pass, tick, setTimed, want, now, told }: Machine): TrueSlice[] {
  const slices: TrueSlice[] = []
  const open: number[] = []
  let epoch = 0
  let sites = 0
  const wantNow = (wanted: 'started' | 'stopped'): void => {
    const at = want(wanted)
    if (at === undefined) return
    epoch++
    for (const place of open) if (!slices[place].isCut) slices[place] = { ...slices[place], end: at + 1, isCut: true }
  }
  const runSteps = (steps: readonly Step[], depth: number, flip: () => void): void => {
    for (const step of steps) {
      if ('call' in step) runCall(step.call, depth)
      else if ('pass' in step) pass(step.pass)
      else if ('tick' in step) tick(step.tick)
      else if ('want' in step) wantNow(step.want)
      else flip()
    }
  }
  /** `probed` runs the probes at both ends, and the given work between them. */
  const slice = (site: SiteId, run: number, depth: number, probed: (atEnd: () => void) => void): void => {
    const place = slices.length
    const [start, toldAtStart] = [now(), told()]
    slices.push({ site, run, depth, start, end: start, seen: 0, epoch, isCut: false })
    open.push(place)
    probed(() => {
      slices[place] = { ...slices[place], seen: told() - toldAtStart }
    })
    open.pop()
    if (!slices[place].isCut) slices[place] = { ...slices[place], end: now() }
  }
  const runCall = ({ isTimed, suspends, steps }: Call, depth: number): void => {
    // As many as there are calls.
    const site = ++sites as SiteId
    let mode = isTimed
    const flip = (): void => {
      setTimed(site, (mode = !mode))
    }
    setTimed(site, isTimed)
    if (!suspends) {
      slice(site, 0, depth, (atEnd) => {
        const start = probes.enter(site)
        runSteps(steps, depth + 1, flip)
        atEnd()
        probes.exit(site, start)
      })
      return
    }
    const half = steps.length >> 1
    const activation = probes.begin(site)
    slice(site, 0, depth, (atEnd) => {
      runSteps(steps.slice(0, half), depth + 1, flip)
      atEnd()
      probes.pause(activation, undefined)
    })
    slice(site, 1, depth, (atEnd) => {
      probes.resume(activation, undefined)
      runSteps(steps.slice(half), depth + 1, flip)
      atEnd()
      probes.end(activation)
    })
  }
  runSteps(program, 0, () => undefined)
  return slices
}

/**
 * What a thread has recorded from the slot `from` on, in two chunks at most, as `@tracer/core` nests
 * it; `tracks` is more than one when slices partly overlap.
 */
export function nested(
  memory: ThreadMemory,
  from: number,
  gaps = new RecordingGaps([]),
): { readonly slices: Slice[]; readonly tracks: number } {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' }, 'by-end')
  for (const { site, run, start, end } of recordsOf(memory, from)) {
    const index = builder.addSite({ kind: 'function', name: `${site}.${run}`, file: '', line: site, column: run })
    builder.addSlice(thread, index, start, gaps.cut(start, end))
  }
  const { tracks, sites, metadata } = builder.build({ producer: 'test', clock: 'test', originNs: 0, originEpochMs: 0 })
  const [track] = tracks
  if (track.kind !== 'thread') throw new Error('the first track is that of the thread')
  const { length, site, depth, startNs, durationNs } = track.slices
  const slices = Array.from({ length }, (_, i) => {
    const { line, column } = sites[site[i]]
    const start = startNs[i] + metadata.originNs
    return { site: line as SiteId, run: column, depth: depth[i], start, end: start + durationNs[i] }
  })
  return { slices, tracks: tracks.length }
}

function recordsOf({ site, start, end, control, chunkLengths }: ThreadMemory, from: number): Omit<Slice, 'depth'>[] {
  const hasTurned = control[CONTROL.published] > 0
  const ranges = hasTurned
    ? [
        [from, chunkLengths[0]],
        [CHUNK_SLOTS, control[CURSOR]],
      ]
    : [[from, control[CURSOR]]]
  const records: Omit<Slice, 'depth'>[] = []
  for (const [first, last] of ranges) {
    for (let i = first; i < last; i++) {
      const run = i + 1 < last && site[i + 1] === ACTIVATION_MARKER ? end[i + 1] : 0
      if (site[i] !== ACTIVATION_MARKER) records.push({ site: site[i] as SiteId, run, start: start[i], end: end[i] })
    }
  }
  return records
}
