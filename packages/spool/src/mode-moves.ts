import type { Nanoseconds, Site, SiteIndex } from '@tracer/core'
import type { ModeMove } from './reports.js'

/** What the budget decided about one site, on all threads. */
export interface SiteMoves {
  readonly site: SiteIndex
  /** How often it was taken from timed to tick-checked. */
  readonly toChecked: number
  /** How often it came back. */
  readonly toTimed: number
  /** Whether it began tick-checked because of what an earlier run learned. */
  readonly isLearned: boolean
  /** What its last move rested on. */
  readonly calls: number
  readonly meanNs: Nanoseconds
  readonly reason: string
}

/** Adds up moves by site, in the order in which sites were first moved. */
export class ModeMoves {
  readonly #sites = new Map<SiteIndex, SiteMoves>()

  add(site: SiteIndex, { to, calls, meanNs, reason, isLearned = false }: ModeMove): void {
    const before = this.#sites.get(site) ?? { toChecked: 0, toTimed: 0, isLearned: false }
    this.#sites.set(site, {
      site,
      toChecked: before.toChecked + (to === 'checked' ? 1 : 0),
      toTimed: before.toTimed + (to === 'timed' ? 1 : 0),
      isLearned: before.isLearned || isLearned,
      calls,
      meanNs,
      reason,
    })
  }

  build(): SiteMoves[] {
    return [...this.#sites.values()]
  }
}

/** How a move is called in a trace, such as `tick-checked: parse`. */
export function moveName(to: ModeMove['to'], functionName: string): string {
  return `${to === 'checked' ? 'tick-checked' : 'timed again'}: ${functionName}`
}

/** What a move tells beside its name, as JSON text. */
export function moveArgs({ name, file, line }: Site, move: ModeMove): string {
  const { to, calls, meanNs, reason } = move
  return JSON.stringify({ function: name, file, line, to, calls, meanNs, reason })
}
