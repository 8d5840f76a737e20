import type { Landmarks } from './landmarks.js'
import type { SpanLandmark } from './span-table.js'

/** A span of one input that was caused by a span of another: a request where it was sent, and where it was answered. */
export interface SpanPair {
  readonly parent: SpanEnd
  readonly child: SpanEnd
}

export interface SpanEnd {
  /** Position among the inputs. */
  readonly input: number
  readonly span: SpanLandmark
}

/** Pairs of spans that lie in two inputs. A span whose parent is in its own input is none of them. */
export function spanPairs(inputs: readonly Landmarks[]): SpanPair[] {
  const pairs: SpanPair[] = []
  for (const [input, { spans }] of inputs.entries()) {
    for (let row = 0; row < spans.length; row++) {
      if (!spans.hasParent(row) || spans.parentOf(row, spans) !== undefined) continue
      const parent = parentAmong(inputs, input, row)
      if (parent !== undefined) pairs.push({ parent, child: { input, span: spans.at(row) } })
    }
  }
  return pairs
}

function parentAmong(inputs: readonly Landmarks[], child: number, row: number): SpanEnd | undefined {
  for (const [input, { spans }] of inputs.entries()) {
    const parent = input === child ? undefined : inputs[child].spans.parentOf(row, spans)
    if (parent !== undefined) return { input, span: spans.at(parent) }
  }
  return undefined
}
