import { estimatedTimes, framePairs, functionTable, type TraceOfSites } from '@tracer/call-tree'
import type { Site, Trace } from '@tracer/core'

/** What one run's functions did, by position in the side's `sites`. */
export interface RunNumbers {
  readonly calls: ReadonlyMap<number, number>
  /** Self times, with an estimate for calls that left no slice. */
  readonly selfNs: ReadonlyMap<number, number>
  /** Nanoseconds in all functions. */
  readonly allNs: number
}

/** One side of a comparison: runs of the same program, whose functions are brought together. */
export class RunSide {
  readonly files: string[] = []
  readonly sites: Site[] = []
  readonly runs: RunNumbers[] = []
  #sources: ReadonlyMap<string, string> = new Map()

  /** The functions of all runs; texts are those of the first. */
  get functions(): TraceOfSites {
    return { sites: this.sites, sources: this.#sources }
  }

  add(file: string, trace: Trace, isRaw: boolean): void {
    if (this.runs.length === 0) this.#sources = trace.sources
    const numbers = this.#numbersOf(trace)
    const calls = new Map<number, number>()
    const selfNs = new Map<number, number>()
    let allNs = 0
    for (const row of functionTable(trace, { raw: isRaw })) {
      calls.set(numbers[row.site], row.calls)
      selfNs.set(numbers[row.site], estimatedTimes(row).selfNs)
      allNs += row.selfNs
    }
    this.files.push(file)
    this.runs.push({ calls, selfNs, allNs })
  }

  /** For each site of a trace its position in `sites`; those of functions not seen before are added. */
  #numbersOf(trace: Trace): number[] {
    const { frames, ofAfter } = framePairs(this.functions, trace)
    return trace.sites.map((site, index) => {
      const known = frames[ofAfter[index]].before
      return known === -1 ? this.sites.push(site) - 1 : known
    })
  }
}
