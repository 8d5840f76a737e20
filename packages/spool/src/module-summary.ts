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
  readonly #modules = new Map<string, Exclude<ModuleReport, { outcome: 'filtered' | 'built-in' }>>()
  readonly #filtered = new Tally()

  add(report: ModuleReport): void {
    if (report.outcome === 'built-in') return
    if (report.outcome === 'filtered') this.#filtered.add(report.reason, report.count)
    else this.#modules.set(report.file, report)
  }

  /** One sentence for each thing that is missing. */
  warnings(): string[] {
    const warning = mapWarning(this.#modules.values())
    return warning === undefined ? [] : [warning]
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

/** A sentence on the modules of which the source map was not used; undefined when there are none. */
function mapWarning(
  modules: Iterable<Exclude<ModuleReport, { outcome: 'filtered' | 'built-in' }>>,
): string | undefined {
  const unmapped = [...modules].flatMap((report) =>
    report.outcome === 'instrumented' && report.sourceMapProblem !== undefined ? [report] : [],
  )
  if (unmapped.length === 0) return undefined
  const [{ file, sourceMapProblem }] = unmapped
  const count = unmapped.length === 1 ? 'a source map was' : `${unmapped.length} source maps were`
  const which = unmapped.length === 1 ? 'that of' : 'first that of'
  return `${count} not used, and positions are those of the generated text: ${which} ${file} (${sourceMapProblem})`
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
