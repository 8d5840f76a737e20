import { CONTROL, HOOKS_FIRST_SITE, type ThreadMemory } from './thread-memory.js'

/** Calls that are in no record, by site, as columns of equal length. */
export interface CountColumns {
  readonly length: number
  readonly site: Int32Array
  readonly calls: Float64Array
  readonly ticks: Float64Array
}

/** Since the start of the thread; what a full disk took included. */
export function countsOf({ calls, spentTicks, lostCalls, lostTicks, control }: ThreadMemory): CountColumns {
  const sites: number[] = []
  for (const [from, to] of [
    [0, control[CONTROL.ownSitesEnd]],
    [HOOKS_FIRST_SITE, control[CONTROL.hooksSitesEnd]],
  ]) {
    for (let site = from; site < to; site++) {
      if (calls[site] + lostCalls[site] !== 0 || spentTicks[site] + lostTicks[site] !== 0) sites.push(site)
    }
  }
  return {
    length: sites.length,
    site: Int32Array.from(sites),
    calls: Float64Array.from(sites, (site) => calls[site] + lostCalls[site]),
    ticks: Float64Array.from(sites, (site) => spentTicks[site] + lostTicks[site]),
  }
}
