import { filterTrace, OWN_CODE, packageOf, type Trace } from '@tracer/core'

/** Where something lies, as sites and frames of graphs have it. */
export interface Place {
  readonly name: string
  readonly file: string
}

/** Whether something is of the program itself. What has no file was named by the program. */
function isOwnCode({ file }: Place): boolean {
  return packageOf(file) === OWN_CODE
}

/** The trace with the slices of packages and built-ins folded into those that called them. */
export function ownCode(trace: Trace): Trace {
  const isOwn = Uint8Array.from(trace.sites, (site) => (isOwnCode(site) ? 1 : 0))
  if (!isOwn.includes(0)) return trace
  return filterTrace(trace, { id: 'own-code', keeps: (_, slices, index) => isOwn[slices.site[index]] === 1 })
}
