import type { Landmarks } from './landmarks.js'
import type { SpanLandmark } from './span-table.js'

/** A span of one input that was caused by a span of another: a request where it was sent, and where it was answered. */
export interface SpanPair {
  readonly parent: SpanEnd
  readonly child: SpanEnd
}

/** One span of a pair, and where it is. */
export interface SpanEnd {
  /** Position among the inputs. */
  readonly input: number
  readonly span: SpanLandmark
}

/**
 * Pairs of spans that lie in two inputs. A span whose parent is in its own input is none of them. Only their rows are
 * kept: there may be millions.
 */
export class SpanPairs implements Iterable<SpanPair> {
  readonly #inputs: readonly Landmarks[]
  /** Four numbers of a pair: input and row of the parent, then of the child. */
  readonly #rows: Int32Array

  constructor(inputs: readonly Landmarks[]) {
    this.#inputs = inputs
    const most = inputs.reduce((sum, { spans }) => sum + spans.length, 0)
    const rows = new Int32Array(most * 4)
    let length = 0
    for (const [child, { spans }] of inputs.entries()) {
      for (let row = 0; row < spans.length; row++) {
        if (!spans.hasParent(row) || spans.parentOf(row, spans) !== undefined) continue
        for (const [parent, { spans: among }] of inputs.entries()) {
          const cause = parent === child ? undefined : spans.parentOf(row, among)
          if (cause === undefined) continue
          rows.set([parent, cause, child, row], length)
          length += 4
          break
        }
      }
    }
    this.#rows = rows.slice(0, length)
  }

  /** How many pairs there are. */
  get length(): number {
    return this.#rows.length / 4
  }

  /** In the order of the inputs and their rows, of the span that was caused. */
  *[Symbol.iterator](): Generator<SpanPair, void> {
    for (let i = 0; i < this.#rows.length; i += 4) {
      yield { parent: this.#endAt(i), child: this.#endAt(i + 2) }
    }
  }

  #endAt(at: number): SpanEnd {
    const input = this.#rows[at]
    return { input, span: this.#inputs[input].spans.at(this.#rows[at + 1]) }
  }
}
