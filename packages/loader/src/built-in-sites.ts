import type { SiteId } from '@tracer/core'
import { keepSites, type ThreadMemory, type ThreadRecorder } from '@tracer/recorder'
import { withOwnBuiltins } from './own-builtins.js'
import type { SiteIds } from './site-ids.js'

/** Sites of functions in a built-in module, by their names. */
export type BuiltInSites = <Name extends string>(file: string, names: readonly Name[]) => Readonly<Record<Name, SiteId>>

/**
 * Gives sites to what a thread does in built-ins, each when it does so for the first time. They stay timed: to that
 * much work a probe adds little, and without a slice an arrow would have nothing to begin or end at.
 */
export function builtInSites(recorder: ThreadRecorder, memory: ThreadMemory, siteIds: SiteIds): BuiltInSites {
  return (file, names) =>
    withOwnBuiltins(() => {
      const first = siteIds.next
      const isTaken = siteIds.take(names.length)
      const sites = {} as Record<(typeof names)[number], SiteId>
      // Without ids that are left, calls count for one that was given out long ago.
      names.forEach((name, index) => (sites[name] = (isTaken ? first + index : first - 1) as SiteId))
      if (!isTaken) return sites
      recorder.reportModule({
        outcome: 'built-in',
        file,
        firstSiteId: first,
        sites: names.map((name) => ['function', name, '', 0, 0]),
      })
      keepSites(memory, first, first + names.length)
      return sites
    })
}
