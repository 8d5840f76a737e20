import type { Trace } from '@tracer/core'

/** A program that files are written for; each takes some of the format in a way of its own. */
export type JsonFlavor = 'perfetto' | 'speedscope' | 'chrome'

/** What a file is written with and without. */
export interface WriteRules {
  readonly withArgs: boolean
  /** Instants, counters, async slices, arrows, source texts, and what only this package reads. */
  readonly withMore: boolean
  /** Whether a start and a duration add up to the end in doubles too, at the cost of more digits. */
  readonly hasExactSums: boolean
  /** Whether names that Chrome would take for its own are marked. */
  readonly avoidsChromeNames: boolean
  /** Slices at this nesting level and deeper are left out. */
  readonly maxDepth: number
}

const DEFAULT: WriteRules = {
  withArgs: true,
  withMore: true,
  hasExactSums: false,
  avoidsChromeNames: false,
  maxDepth: Infinity,
}

/** Perfetto drops what lies deeper, and marks the file as broken. */
const PERFETTO_LEVELS = 512

const FLAVORS: Readonly<Record<JsonFlavor, WriteRules>> = {
  perfetto: { ...DEFAULT, maxDepth: PERFETTO_LEVELS },
  // It takes arguments for a part of the name, and holds all it ignores in memory.
  speedscope: { ...DEFAULT, withArgs: false, withMore: false, hasExactSums: true },
  // It drops a slice that ends the last bit of a double after its caller.
  chrome: { ...DEFAULT, hasExactSums: true, avoidsChromeNames: true },
}

/** Names of all flavors. */
export const FLAVOR_NAMES: readonly string[] = Object.keys(FLAVORS)

export function isFlavor(name: unknown): name is JsonFlavor {
  return typeof name === 'string' && FLAVOR_NAMES.includes(name)
}

/** The rules of a flavor; `args` of the options counts where it is given. */
export function rulesOf(flavor: JsonFlavor | undefined, args: boolean | undefined): WriteRules {
  const rules = flavor === undefined ? DEFAULT : FLAVORS[flavor]
  return { ...rules, withArgs: args ?? rules.withArgs }
}

/** What a file by these rules leaves out of a trace, as `TraceSerializer.omits` says it. */
export function omissions(trace: Trace, rules: WriteRules): string[] {
  let [args, deep, instants, asyncSlices, counters] = [0, 0, 0, 0, 0]
  for (const track of trace.tracks) {
    if (track.kind === 'counter') {
      counters++
      continue
    }
    args += track.slices.args.size
    if (track.kind === 'async') {
      asyncSlices += track.slices.length
      continue
    }
    args += track.instants.args.size
    instants += track.instants.length
    if (rules.maxDepth !== Infinity) {
      deep += track.slices.depth.reduce((sum, level) => sum + (level >= rules.maxDepth ? 1 : 0), 0)
    }
  }
  const flows = trace.flows.length === 0 ? 0 : trace.flows.flow[trace.flows.length - 1]
  const more: [number, string][] = [
    [instants, 'instants'],
    [asyncSlices, 'async slices'],
    [counters, 'counters'],
    [flows, 'flows'],
    [trace.sources.size, 'source texts'],
    [trace.unrecorded.length, 'counts of calls in no slice'],
  ]
  const left: [number, string][] = [
    [rules.withArgs ? 0 : args, 'arguments'],
    [deep, `slices more than ${rules.maxDepth} levels deep`],
    ...(rules.withMore ? [] : more),
  ]
  return left.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
}
