import type { SiteIndex, TraceBuilder } from '@tracer/core'
import type { ModuleSummaryBuilder } from './module-summary.js'
import { HOOKS_THREAD_FIRST_SITE_ID, unpackSite, type ModuleReport, type PackedSite } from './reports.js'

/**
 * The site ids of one thread, and what they stand for in the trace: a program loads many times the
 * functions that it calls, and only those that were called become sites.
 */
export class SiteSpace {
  /** By id. */
  readonly #own = new SiteIds()
  /** By id less the first one of a hooks thread. */
  readonly #hooks = new SiteIds()
  readonly #builder: TraceBuilder
  readonly #modules: ModuleSummaryBuilder
  #unknown: SiteIndex | undefined

  constructor(builder: TraceBuilder, modules: ModuleSummaryBuilder) {
    this.#builder = builder
    this.#modules = modules
  }

  add(report: ModuleReport): void {
    this.#modules.add(report)
    if (report.outcome !== 'instrumented' && report.outcome !== 'built-in') return
    const { firstSiteId } = report
    if (firstSiteId < HOOKS_THREAD_FIRST_SITE_ID) this.#own.add(firstSiteId, report)
    else this.#hooks.add(firstSiteId - HOOKS_THREAD_FIRST_SITE_ID, report)
  }

  /** Hot: the site of an id. */
  indexOf(id: number): SiteIndex {
    return this.#own.indexes[id] ?? this.#resolve(id)
  }

  /** Cold, but for sites of a hooks thread. A site that says so for an id whose module report was lost. */
  #resolve(id: number): SiteIndex {
    const [ids, at] = id < HOOKS_THREAD_FIRST_SITE_ID ? [this.#own, id] : [this.#hooks, id - HOOKS_THREAD_FIRST_SITE_ID]
    return ids.indexes[at] ?? ids.resolve(at, this.#builder) ?? (this.#unknown ??= this.#builder.addSite(UNKNOWN))
  }
}

/** Ids that count up, and the modules they belong to. */
class SiteIds {
  /** By id; undefined for one that was not asked for. */
  readonly indexes: (SiteIndex | undefined)[] = []
  readonly #modules: { readonly first: number; readonly file: string; readonly sites: readonly PackedSite[] }[] = []

  add(first: number, { file, sites }: { readonly file: string; readonly sites: readonly PackedSite[] }): void {
    this.#modules.push({ first, file, sites })
    while (this.indexes.length < first + sites.length) this.indexes.push(undefined)
  }

  resolve(id: number, builder: TraceBuilder): SiteIndex | undefined {
    const module = this.#modules.find(({ first, sites }) => id >= first && id < first + sites.length)
    if (module === undefined) return undefined
    const index = builder.addSite(unpackSite(module.sites[id - module.first], module.file))
    this.indexes[id] = index
    return index
  }
}

const UNKNOWN = { kind: 'function', name: '(unknown function)', file: '', line: 0, column: 0 } as const
