import type { Landmarks, SpanLandmark } from './landmarks.js'

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
  const parents = new Map<string, SpanEnd>()
  const own = inputs.map(() => new Set<string>())
  for (const [input, { spans }] of inputs.entries()) {
    for (const span of spans) {
      if (span.id === undefined) continue
      own[input].add(span.id)
      if (!parents.has(span.id)) parents.set(span.id, { input, span })
    }
  }
  return inputs.flatMap(({ spans }, input) =>
    spans.flatMap((span) => {
      const { parentId } = span
      if (parentId === undefined || own[input].has(parentId)) return []
      const parent = parents.get(parentId)
      return parent === undefined ? [] : [{ parent, child: { input, span } }]
    }),
  )
}
