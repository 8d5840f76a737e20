import type { ModuleReport } from './reports.js'

/** What became of the modules of a run. */
export interface ModuleSummary {
  /** Modules that were instrumented. */
  readonly instrumented: number
  readonly functionsInstrumented: number
  /** Functions of instrumented modules that were left as they are, by reason. */
  readonly functionsSkipped: Readonly<Record<string, number>>
  /** Modules that run untouched although they were to be traced. */
  readonly skipped: readonly { readonly file: string; readonly reason: string; readonly message: string }[]
  /** Modules that were not to be traced, by reason. */
  readonly filtered: Readonly<Record<string, number>>
}

/** Adds up module reports; of a module that was loaded more than once the last report counts. */
export class ModuleSummaryBuilder {
  readonly #modules = new Map<string, Exclude<ModuleReport, { outcome: 'filtered' }>>()
  readonly #filtered = new Tally()

  add(report: ModuleReport): void {
    if (report.outcome === 'filtered') this.#filtered.add(report.reason, report.count)
    else this.#modules.set(report.file, report)
  }

  build(): ModuleSummary {
    const functionsSkipped = new Tally()
    const skipped: ModuleSummary['skipped'][number][] = []
    let instrumented = 0
    let functionsInstrumented = 0
    for (const report of this.#modules.values()) {
      if (report.outcome === 'skipped') {
        skipped.push({ file: report.file, reason: report.reason, message: report.message })
        continue
      }
      instrumented++
      functionsInstrumented += report.sites.filter(([kind]) => kind === 'function').length
      for (const [reason, count] of Object.entries(report.functionsSkipped)) functionsSkipped.add(reason, count)
    }
    return {
      instrumented,
      functionsInstrumented,
      functionsSkipped: functionsSkipped.counts(),
      skipped,
      filtered: this.#filtered.counts(),
    }
  }
}

class Tally {
  readonly #counts = new Map<string, number>()

  add(reason: string, count: number): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count)
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }
}
