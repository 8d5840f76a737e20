import { framePairs } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import { LEVEL, withoutFalseDiscoveries } from './false-discoveries.js'
import { factorOf, median, rankTest, smallestChance, type Factor } from './rank-test.js'
import type { RunNumbers, RunSide } from './run-side.js'

/** What times are compared: as they are, as shares of the whole run, or of one call. */
export type TimeScale = 'absolute' | 'normalised' | 'per-call'

/** Numbers of all runs of both sides. */
export interface BothSides<Value> {
  readonly before: Value
  readonly after: Value
}

/** Counts are compared exactly: `more` and `fewer` when no run of one side has as many as any of the other. */
export type CallsChange = 'new' | 'gone' | 'more' | 'fewer' | 'same'

/**
 * What became of a time. `slower` and `faster` are beyond chance; with too few runs to tell it is only `changed`.
 * `small` took too little of the whole to be looked at.
 */
export type TimeVerdict = 'slower' | 'faster' | 'changed' | 'same' | 'small'

/** A time on both sides. */
export interface TimeChange {
  /** By run. */
  readonly ns: BothSides<readonly number[]>
  readonly medianNs: BothSides<number>
  readonly factor: Factor
  /** How likely chance alone does as much; undefined when that was not tested. */
  readonly chance: number | undefined
  readonly verdict: TimeVerdict
}

/** One function on both sides. */
export interface FunctionChange {
  readonly name: string
  readonly site: BothSides<Site | undefined>
  readonly calls: BothSides<readonly number[]>
  readonly callsChange: CallsChange
  /** Self time. */
  readonly time: TimeChange
}

/** What two sides differ in. */
export interface RunComparison {
  readonly before: RunSide
  readonly after: RunSide
  readonly scale: TimeScale
  /** Whether there are enough runs to tell a difference from chance. */
  readonly isTested: boolean
  /** How many functions were tested. */
  readonly tests: number
  /** Time in all functions. */
  readonly all: TimeChange
  /** Largest change of self time first. */
  readonly functions: readonly FunctionChange[]
}

/** What is less of the whole, on both sides, is not judged: the more is, the less can be found. */
const LEAST_SHARE = 0.01

/** A smaller difference is not worth a word, however certain. */
const LEAST_DIFFERENCE = 0.05

/** Compares the functions of two sides. */
export function compareRuns(before: RunSide, after: RunSide, scale: TimeScale): RunComparison {
  const { frames } = framePairs(before.functions, after.functions)
  const isTested = canTell(before.runs, after.runs)
  const usualNs = median(before.runs.map(({ allNs }) => allNs))
  const ran = frames
    .map((frame) => ({
      name: frame.name,
      site: { before: siteOf(before, frame.before), after: siteOf(after, frame.after) },
      calls: { before: callsOf(before, frame.before), after: callsOf(after, frame.after) },
      ns: {
        before: timesOf(before, frame.before, scale, usualNs),
        after: timesOf(after, frame.after, scale, usualNs),
      },
      isLarge: Math.max(shareOf(before, frame.before), shareOf(after, frame.after)) >= LEAST_SHARE,
    }))
    .map((row) => ({ ...row, callsChange: callsChange(row.calls) }))
    .filter(({ calls }) => [...calls.before, ...calls.after].some((count) => count > 0))

  const toTest = ran.filter(({ callsChange: change, isLarge, ns }) => {
    return isLarge && change !== 'new' && change !== 'gone' && canTell(ns.before, ns.after)
  })
  const chances = withoutFalseDiscoveries(toTest.map(({ ns }) => rankTest(ns.before, ns.after)))
  const chanceOf = new Map(toTest.map((row, index) => [row, chances[index]]))
  const functions = ran.map((row) => ({
    name: row.name,
    site: row.site,
    calls: row.calls,
    callsChange: row.callsChange,
    time: timeChange(row.ns, chanceOf.get(row), row.isLarge),
  }))
  const allNs = { before: before.runs.map((run) => run.allNs), after: after.runs.map((run) => run.allNs) }
  return {
    before,
    after,
    scale,
    isTested,
    tests: toTest.length,
    all: timeChange(allNs, isTested ? rankTest(allNs.before, allNs.after) : undefined, true),
    functions: functions.sort((a, b) => distance(b) - distance(a)),
  }
}

function canTell(before: readonly unknown[], after: readonly unknown[]): boolean {
  return smallestChance(before.length, after.length) < LEVEL
}

function siteOf({ sites }: RunSide, site: number): Site | undefined {
  return site === -1 ? undefined : sites[site]
}

function distance({ time }: FunctionChange): number {
  return Math.abs(time.medianNs.after - time.medianNs.before)
}

function callsOf({ runs }: RunSide, site: number): number[] {
  return runs.map(({ calls }) => calls.get(site) ?? 0)
}

function callsChange({ before, after }: BothSides<readonly number[]>): CallsChange {
  if (before.every((count) => count === 0)) return 'new'
  if (after.every((count) => count === 0)) return 'gone'
  if (Math.min(...after) > Math.max(...before)) return 'more'
  return Math.max(...after) < Math.min(...before) ? 'fewer' : 'same'
}

/** Self times by run on a scale. A run without a call has no time of one. */
function timesOf({ runs }: RunSide, site: number, scale: TimeScale, usualNs: number): number[] {
  return runs.flatMap((run) => {
    const ns = run.selfNs.get(site) ?? 0
    if (scale === 'absolute') return [ns]
    if (scale === 'normalised') return [run.allNs === 0 ? 0 : (ns / run.allNs) * usualNs]
    const calls = run.calls.get(site) ?? 0
    return calls === 0 ? [] : [ns / calls]
  })
}

function shareOf({ runs }: RunSide, site: number): number {
  return median(runs.map((run: RunNumbers) => (run.allNs === 0 ? 0 : (run.selfNs.get(site) ?? 0) / run.allNs)))
}

function timeChange(ns: BothSides<readonly number[]>, chance: number | undefined, isLarge: boolean): TimeChange {
  const medianNs = { before: usual(ns.before), after: usual(ns.after) }
  const factor = factorOf(ns.before, ns.after)
  return { ns, medianNs, factor, chance, verdict: isLarge ? verdictOf(medianNs, factor, chance) : 'small' }
}

function usual(ns: readonly number[]): number {
  return ns.length === 0 ? 0 : median(ns)
}

function verdictOf(medianNs: BothSides<number>, { ratio }: Factor, chance: number | undefined): TimeVerdict {
  if (chance === undefined) return medianNs.before === medianNs.after ? 'same' : 'changed'
  if (chance >= LEVEL || Math.abs(ratio - 1) < LEAST_DIFFERENCE) return 'same'
  return ratio > 1 ? 'slower' : 'faster'
}
