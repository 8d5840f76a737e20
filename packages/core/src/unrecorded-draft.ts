import type { UnrecordedCalls } from './trace.js'
import type { Nanoseconds, SiteIndex, ThreadIndex } from './units.js'

/** Adds up calls and later runs that are in no slice, by thread and site. */
export class UnrecordedDraft {
  readonly #threads: Map<SiteIndex, Row>[] = []

  add(thread: ThreadIndex, site: SiteIndex, calls: number, estimatedNs: Nanoseconds, laterRuns: number): void {
    const rows = (this.#threads[thread] ??= new Map<SiteIndex, Row>())
    const row = rows.get(site)
    if (row === undefined) {
      rows.set(site, { thread, site, calls, estimatedNs, laterRuns })
    } else {
      row.calls += calls
      row.estimatedNs += estimatedNs
      row.laterRuns += laterRuns
    }
  }

  build(): UnrecordedCalls {
    // A thread that has none is a hole, which `flatMap` passes over.
    const rows = this.#threads.flatMap((sites) => [...sites.values()].sort((a, b) => a.site - b.site))
    return Object.freeze({
      length: rows.length,
      thread: Int32Array.from(rows, (row) => row.thread),
      site: Int32Array.from(rows, (row) => row.site),
      calls: Float64Array.from(rows, (row) => row.calls),
      estimatedNs: Float64Array.from(rows, (row) => row.estimatedNs),
      laterRuns: Float64Array.from(rows, (row) => row.laterRuns),
    })
  }
}

interface Row {
  readonly thread: ThreadIndex
  readonly site: SiteIndex
  calls: number
  estimatedNs: Nanoseconds
  laterRuns: number
}
