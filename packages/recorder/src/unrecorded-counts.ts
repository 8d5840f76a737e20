import type { CallCounts, SpoolWriter } from '@tracer/spool'
import { LEFT_OUT, siteRanges, type ThreadMemory } from './thread-memory.js'

/** Writes what is in no record since the start of the thread; it takes the place of what was written before. */
export function writeUnrecorded(memory: ThreadMemory, spool: SpoolWriter): void {
  const counts = countsOf(memory)
  if (counts.length > 0) spool.writeCounts(counts)
  const { [LEFT_OUT.short]: short, [LEFT_OUT.deep]: deep } = memory.leftOut
  if (short + deep > 0) spool.writeLeftOut({ short, deep })
}

/** The calls and later runs that are in no record since the start of the thread, by site; what a full disk took included. */
export function countsOf(memory: ThreadMemory): CallCounts {
  const { calls, laterRuns, spentTicks, lostCalls, lostLaterRuns, lostTicks, control } = memory
  const sites: number[] = []
  for (const [from, to] of siteRanges(control)) {
    for (let site = from; site < to; site++) {
      const counted = calls[site] + lostCalls[site] + laterRuns[site] + lostLaterRuns[site]
      if (counted !== 0 || spentTicks[site] + lostTicks[site] !== 0) sites.push(site)
    }
  }
  return {
    length: sites.length,
    site: Int32Array.from(sites),
    calls: Float64Array.from(sites, (site) => calls[site] + lostCalls[site]),
    ticks: Float64Array.from(sites, (site) => spentTicks[site] + lostTicks[site]),
    laterRuns: Float64Array.from(sites, (site) => laterRuns[site] + lostLaterRuns[site]),
  }
}
