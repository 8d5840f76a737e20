import type { Nanoseconds, SiteIndex, ThreadIndex, TraceBuilder } from '@tracer/core'

/**
 * Finds where a thread ran for so long at a stretch that its event loop waited: slices that lie in no other one
 * and are long. It is worked out when the recording is read, and costs the program nothing.
 */
export class BlockedStretches {
  readonly #long: LongSlice[] = []

  /** Hot: a slice of the thread. */
  add(site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds): void {
    if (endNs - startNs >= BLOCKED_NS) this.#long.push({ site, startNs, endNs })
  }

  /** Each stretch is an instant where it begins, with its length and what took most of it, from the outside in. */
  tell(builder: TraceBuilder, thread: ThreadIndex): void {
    if (this.#long.length === 0) return
    const instant = builder.addSite({ kind: 'instant', name: BLOCKED_NAME, file: '', line: 0, column: 0 })
    for (const [outermost, ...inside] of stretches(this.#long)) {
      const stack = heaviest(outermost, inside)
        .slice(0, DEEP)
        .map((slice) => placeOf(builder, slice))
      const ms = Math.round((outermost.endNs - outermost.startNs) / NS_PER_MS)
      builder.addInstant(thread, instant, outermost.startNs, JSON.stringify({ ms, stack }))
    }
  }
}

/** How the instants are called. */
const BLOCKED_NAME = 'event loop blocked'

interface LongSlice {
  readonly site: SiteIndex
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
}

/** Slices by the outermost they lie in, which comes first; parents before what lies in them. */
function stretches(slices: readonly LongSlice[]): [LongSlice, ...LongSlice[]][] {
  const all: [LongSlice, ...LongSlice[]][] = []
  for (const slice of slices.toSorted((a, b) => a.startNs - b.startNs || b.endNs - a.endNs)) {
    const last = all.at(-1)
    if (last !== undefined && slice.startNs < last[0].endNs) last.push(slice)
    else all.push([slice])
  }
  return all
}

/** From a slice to the one that takes at least half of it, and on from there. */
function heaviest(outermost: LongSlice, inside: readonly LongSlice[]): LongSlice[] {
  const path = [outermost]
  for (const slice of inside) {
    const around = path[path.length - 1]
    const isWithin = slice.startNs >= around.startNs && slice.endNs <= around.endNs
    if (isWithin && (slice.endNs - slice.startNs) * 2 >= around.endNs - around.startNs) path.push(slice)
  }
  return path
}

function placeOf(builder: TraceBuilder, { site }: LongSlice): string {
  const { name, file, line } = builder.siteAt(site)
  return file === '' || line === 0 ? name : `${name} ${file}:${line}`
}

const NS_PER_MS = 1e6
const BLOCKED_NS = 50 * NS_PER_MS
/** More than anyone reads. */
const DEEP = 50
