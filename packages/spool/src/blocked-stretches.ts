import type { Nanoseconds, SiteIndex, ThreadIndex, TraceBuilder } from '@tracer/core'
import type { LoopTurn } from './loop-turns.js'

/**
 * Finds where a thread ran for so long at a stretch that its event loop waited: turns of the loop that are long, and
 * where these are not known, slices that lie in no other one. It is worked out when the recording is read, and costs
 * the program nothing.
 */
export class BlockedStretches {
  readonly #long: LongSlice[] = []

  /** Hot: a slice of the thread. */
  add(site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds): void {
    if (endNs - startNs >= NOTICED_NS) this.#long.push({ site, startNs, endNs })
  }

  /** Each stretch is an instant where it begins, with its length and what took most of it, from the outside in. */
  tell(builder: TraceBuilder, thread: ThreadIndex, turns: readonly LoopTurn[]): void {
    const blocked = this.#blocked(turns)
    if (blocked.length === 0) return
    const instant = builder.addSite({ kind: 'instant', name: BLOCKED_NAME, file: '', line: 0, column: 0 })
    for (const { startNs, endNs, longest } of blocked) {
      const path = longest === undefined ? [] : heaviest(longest).slice(0, DEEP)
      const ms = Math.round((endNs - startNs) / NS_PER_MS)
      const stack = path.map((slice) => placeOf(builder, slice))
      builder.addInstant(thread, instant, startNs, JSON.stringify({ ms, stack }))
    }
  }

  #blocked(turns: readonly LoopTurn[]): Blocked[] {
    const long: Blocked[] = turns
      .filter(({ longestNs }) => longestNs >= BLOCKED_NS)
      .map(({ startNs, endNs }) => ({ startNs, endNs, longest: undefined }))
    const others: Blocked[] = []
    let at = 0
    for (const nest of nests(this.#long)) {
      const [{ startNs, endNs }] = nest
      while (at < long.length && long[at].endNs <= startNs) at++
      const turn = long.at(at)
      if (turn === undefined || endNs <= turn.startNs) {
        if (endNs - startNs >= BLOCKED_NS) others.push({ startNs, endNs, longest: nest })
      } else if (turn.longest === undefined || lengthOf(turn.longest) < endNs - startNs) {
        turn.longest = nest
      }
    }
    return [...long, ...others]
  }
}

/** How the instants are called. */
const BLOCKED_NAME = 'event loop blocked'

/** A stretch, and what took most of it. */
interface Blocked {
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
  longest: Nest | undefined
}

/** A slice that lies in no other one, and those in it. */
type Nest = readonly [LongSlice, ...LongSlice[]]

interface LongSlice {
  readonly site: SiteIndex
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
}

/** Slices by the outermost they lie in, which comes first; parents before what lies in them. */
function nests(slices: readonly LongSlice[]): Nest[] {
  const all: [LongSlice, ...LongSlice[]][] = []
  for (const slice of slices.toSorted((a, b) => a.startNs - b.startNs || b.endNs - a.endNs)) {
    const last = all.at(-1)
    if (last !== undefined && slice.startNs < last[0].endNs) last.push(slice)
    else all.push([slice])
  }
  return all
}

/** From a slice to the one that takes at least half of it, and on from there. */
function heaviest([outermost, ...inside]: Nest): LongSlice[] {
  const path = [outermost]
  for (const slice of inside) {
    const around = path[path.length - 1]
    const isWithin = slice.startNs >= around.startNs && slice.endNs <= around.endNs
    if (isWithin && (slice.endNs - slice.startNs) * 2 >= around.endNs - around.startNs) path.push(slice)
  }
  return path
}

function lengthOf([{ startNs, endNs }]: Nest): Nanoseconds {
  return endNs - startNs
}

function placeOf(builder: TraceBuilder, { site }: LongSlice): string {
  const { name, file, line } = builder.siteAt(site)
  return file === '' || line === 0 ? name : `${name} ${file}:${line}`
}

const NS_PER_MS = 1e6
const BLOCKED_NS = 50 * NS_PER_MS
/** What may have taken most of a turn. */
const NOTICED_NS = NS_PER_MS
/** More than anyone reads. */
const DEEP = 50
