import type { FunctionChange, RunComparison, TimeChange } from './function-changes.js'
import type { RunSide } from './run-side.js'

/** What two sides differ in, for programs; what is not known or not finite is `null`. */
export function changeJson(comparison: RunComparison, failures: readonly string[]): object {
  const { before, after, scale, isTested, tests, all, functions } = comparison
  return {
    before: sideJson(before),
    after: sideJson(after),
    scale,
    tested: isTested,
    tests,
    all: timeJson(all),
    functions: functions.map(functionJson),
    failures,
  }
}

function sideJson({ files, runs }: RunSide): object {
  return { files, runs: runs.length }
}

function functionJson({ name, site, calls, callsChange, time }: FunctionChange): object {
  return {
    name,
    before: placeJson(site.before),
    after: placeJson(site.after),
    calls: { ...calls, change: callsChange },
    self: timeJson(time),
  }
}

function placeJson(site: FunctionChange['site']['before']): object | null {
  return site === undefined ? null : { file: site.file, line: site.line, column: site.column }
}

function timeJson({ ns, medianNs, factor, chance, verdict }: TimeChange): object {
  return {
    beforeNs: ns.before,
    afterNs: ns.after,
    medianBeforeNs: medianNs.before,
    medianAfterNs: medianNs.after,
    ratio: factor.ratio,
    ratioLow: factor.low,
    ratioHigh: factor.high,
    p: chance ?? null,
    change: verdict,
  }
}
