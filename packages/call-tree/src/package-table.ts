import { packageOf, type Nanoseconds, type Trace } from '@tracer/core'
import { CallSums } from './call-sums.js'
import { selectedCalls, type TrackSelection } from './track-selection.js'
import { callsBeside, unrecordedSums } from './unrecorded-sums.js'

/** What one package cost in all. */
export interface PackageRow {
  /** As `packageOf` of `@tracer/core` says it. */
  readonly name: string
  /** How many functions of it were called. */
  readonly functions: number
  /** All calls, exactly; those that are in no slice have no time. */
  readonly calls: number
  /** Time in its functions themselves. */
  readonly selfNs: Nanoseconds
  /** Time in which any of its functions was on the stack. */
  readonly totalNs: Nanoseconds
}

/** One row for each package whose code ran, dearest self time first. */
export function packageTable(trace: Trace, selection: TrackSelection = {}): PackageRow[] {
  const numbers = new Map<string, number>()
  const packages = Int32Array.from(trace.sites, ({ file }) => {
    const name = packageOf(file)
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    return number
  })
  const sums = new CallSums(numbers.size)
  const unrecorded = unrecordedSums(trace, selection).calls
  const ran = Uint8Array.from(unrecorded, (calls) => (calls > 0 ? 1 : 0))
  for (const { calls } of selectedCalls(trace, selection)) {
    for (const site of calls.site) ran[site] = 1
    sums.add({ ...calls, site: calls.site.map((site) => packages[site]) })
  }
  const functions = new Int32Array(numbers.size)
  const others = new Float64Array(numbers.size)
  packages.forEach((number, site) => {
    functions[number] += ran[site]
    others[number] += unrecorded[site]
  })
  return [...numbers]
    .map(([name, number]) => ({
      name,
      functions: functions[number],
      calls: sums.meter.calls[number] + callsBeside(sums.meter.resumedCalls[number], others[number]),
      selfNs: Math.max(0, sums.selfNs[number]),
      totalNs: Math.max(0, sums.totalNs[number]),
    }))
    .filter((row) => row.functions > 0)
    .sort((a, b) => b.selfNs - a.selfNs)
}
