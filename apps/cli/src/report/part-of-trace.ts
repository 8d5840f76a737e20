import type { TimeRange, TrackSelection } from '@tracer/call-tree'
import { packageOf, type ThreadIndex, type Trace } from '@tracer/core'
import { CliError } from '../cli-error.js'
import { nearest } from '../nearest.js'
import { printable } from '../text/cell.js'

/** Which part of a trace was asked for. */
export interface PartOptions {
  readonly range: TimeRange | undefined
  readonly package: readonly string[]
  readonly thread: readonly string[]
  readonly raw: boolean
}

/**
 * The part of a trace that options name.
 * @throws CliError with code `WRONG_USAGE` when it has no such package or thread.
 */
export function partOf(trace: Trace, options: PartOptions): TrackSelection {
  const { range, raw } = options
  const packages = packagesNamed(trace, options.package)
  return {
    raw,
    ...(range === undefined ? {} : { range }),
    ...(packages === undefined ? {} : { sites: ({ file }) => packages.has(packageOf(file)) }),
    ...(options.thread.length === 0 ? {} : { threads: options.thread.flatMap((name) => threadsNamed(trace, name)) }),
  }
}

function packagesNamed(trace: Trace, names: readonly string[]): ReadonlySet<string> | undefined {
  if (names.length === 0) return undefined
  const known = new Set(trace.sites.map(({ file }) => packageOf(file)))
  const wanted = new Set(names)
  for (const name of wanted) if (!known.has(name)) throw notThere('package', name, [...known].sort())
  return wanted
}

/** Threads that are called so, or have the number. */
function threadsNamed({ threads }: Trace, name: string): ThreadIndex[] {
  const found = [...threads.keys()].filter((index) => {
    return threads[index].name === name || String(threads[index].tid) === name
  })
  if (found.length > 0) return found
  throw notThere('thread', name, [
    ...new Set(threads.map((thread) => (thread.name === '' ? String(thread.tid) : thread.name))),
  ])
}

/** So many names fit into an error. */
const MOST_NAMES = 10

function notThere(what: string, name: string, known: readonly string[]): CliError {
  const meant = nearest(name, known)
  const more = known.length > MOST_NAMES ? `, and ${known.length - MOST_NAMES} more` : ''
  return new CliError(
    'WRONG_USAGE',
    `There is no ${what} '${name}' in this trace.${meant === undefined ? '' : ` Did you mean ${printable(meant)}?`}`,
    `It has: ${known.slice(0, MOST_NAMES).map(printable).join(', ')}${more}`,
  )
}
