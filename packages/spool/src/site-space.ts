import type { SiteIndex, TraceBuilder } from '@tracer/core'
import type { ModuleSummaryBuilder } from './module-summary.js'
import { HOOKS_THREAD_FIRST_SITE_ID, unpackSite, type ModuleReport } from './reports.js'

/** The site ids of one thread, and what they stand for in the trace. */
export class SiteSpace {
  /** By id. */
  readonly #own: SiteIndex[] = []
  /** By id less the first one of a hooks thread. */
  readonly #hooks: SiteIndex[] = []
  readonly #builder: TraceBuilder
  readonly #modules: ModuleSummaryBuilder
  #unknown: SiteIndex | undefined

  constructor(builder: TraceBuilder, modules: ModuleSummaryBuilder) {
    this.#builder = builder
    this.#modules = modules
  }

  add(report: ModuleReport): void {
    this.#modules.add(report)
    if (report.outcome !== 'instrumented') return
    const { firstSiteId } = report
    report.sites.forEach((site, i) => {
      const index = this.#builder.addSite(unpackSite(site))
      if (firstSiteId < HOOKS_THREAD_FIRST_SITE_ID) this.#own[firstSiteId + i] = index
      else this.#hooks[firstSiteId + i - HOOKS_THREAD_FIRST_SITE_ID] = index
    })
  }

  /** The site of an id; a site that says so for an id whose module report was lost. */
  indexOf(id: number): SiteIndex {
    const index = id < HOOKS_THREAD_FIRST_SITE_ID ? this.#own[id] : this.#hooks[id - HOOKS_THREAD_FIRST_SITE_ID]
    return index ?? (this.#unknown ??= this.#builder.addSite(UNKNOWN))
  }
}

const UNKNOWN = { kind: 'function', name: '(unknown function)', file: '', line: 0, column: 0 } as const
