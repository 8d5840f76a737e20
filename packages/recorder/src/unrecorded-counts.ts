import type { CallCounts } from '@tracer/spool'
import { siteRanges, type ThreadMemory } from './thread-memory.js'

/** The calls that are in no record since the start of the thread, by site; what a full disk took included. */
export function countsOf({ calls, spentTicks, lostCalls, lostTicks, control }: ThreadMemory): CallCounts {
  const sites: number[] = []
  for (const [from, to] of siteRanges(control)) {
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
