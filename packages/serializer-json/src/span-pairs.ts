import type { Nanoseconds, SiteIndex, ThreadIndex } from '@tracer/core'
import { mergeArgs } from './args-text.js'

/** A begin or an end event, waiting for its partner. */
export interface SpanPoint {
  readonly isBegin: boolean
  readonly thread: ThreadIndex
  readonly site: SiteIndex
  readonly timeNs: Nanoseconds
  /** Undefined matches any name. */
  readonly name: string | undefined
  /** Undefined matches any category. */
  readonly category: string | undefined
  readonly args: string | undefined
  /** What arrows to and from it are called; undefined for none. */
  readonly bind: string | undefined
}

/** A begin event with its end; the end is NaN when there was none. */
export interface Span {
  readonly begin: SpanPoint
  readonly endNs: Nanoseconds
  readonly args: string | undefined
}

/**
 * Pairs begin and end events, those of one thread or of one async id. Files do not keep them in the
 * order of time, so pairing waits for the last one.
 *
 * An end closes the innermost span of its name and category. What was opened inside that and has no
 * end yet ends there too: its caller is gone. An end that fits no open span is left out.
 */
export class SpanPairs {
  /** Ends that fitted no open span. */
  unmatchedEnds = 0
  /** Spans that were ended by the end of one around them. */
  impliedEnds = 0
  readonly #points = new Map<ThreadIndex | string, SpanPoint[]>()

  add(key: ThreadIndex | string, point: SpanPoint): void {
    const points = this.#points.get(key)
    if (points === undefined) this.#points.set(key, [point])
    else points.push(point)
  }

  /** All spans, those of one key by their end. */
  *pair(): Generator<Span, void, undefined> {
    for (const points of this.#points.values()) {
      // The sort is stable: at equal times the order of the file counts.
      points.sort((a, b) => a.timeNs - b.timeNs)
      yield* this.#pairSorted(points)
    }
  }

  *#pairSorted(points: readonly SpanPoint[]): Generator<Span, void, undefined> {
    const open: SpanPoint[] = []
    for (const point of points) {
      if (point.isBegin) {
        open.push(point)
        continue
      }
      const match = open.findLastIndex((begin) => fits(begin, point))
      if (match < 0) {
        this.unmatchedEnds++
        continue
      }
      const ended = open.splice(match)
      this.impliedEnds += ended.length - 1
      for (let i = ended.length - 1; i >= 0; i--) {
        const args = i === 0 ? mergeArgs(ended[i].args, point.args) : ended[i].args
        yield { begin: ended[i], endNs: point.timeNs, args }
      }
    }
    for (const begin of open.reverse()) yield { begin, endNs: NaN, args: begin.args }
  }
}

function fits(begin: SpanPoint, end: SpanPoint): boolean {
  return (
    (end.name === undefined || end.name === begin.name) &&
    (end.category === undefined || begin.category === undefined || end.category === begin.category)
  )
}
