import { filterTrace, type Trace } from '@tracer/core'

const IN_PACKAGE = /(?:^|[/\\])node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)(?!.*[/\\]node_modules[/\\])/su

/** Where something lies, as sites and frames of graphs have it. */
export interface Place {
  readonly name: string
  readonly file: string
}

/** The package that a site lies in: `express`, `node` for what is built in, or nothing for the program itself. */
export function packageOf({ file }: Place): string {
  if (file.startsWith('node:')) return 'node'
  const name = IN_PACKAGE.exec(file)?.[1]
  return name === undefined ? '' : name.replace('\\', '/')
}

/** Whether something is of the program itself. What has no file was named by the program. */
export function isOwnCode(place: Place): boolean {
  return packageOf(place) === ''
}

/** The trace with the slices of packages and built-ins folded into those that called them. */
export function ownCode(trace: Trace): Trace {
  const isOwn = Uint8Array.from(trace.sites, (site) => (isOwnCode(site) ? 1 : 0))
  if (!isOwn.includes(0)) return trace
  return filterTrace(trace, { id: 'own-code', keeps: (_, slices, index) => isOwn[slices.site[index]] === 1 })
}
