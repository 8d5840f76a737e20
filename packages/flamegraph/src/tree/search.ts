import type { Frame, FrameTree } from './frame-tree.js'

/** Says of a function whether it is looked for. */
export type FrameMatcher = (frame: Frame) => boolean

/** What a search found. */
export interface Matches {
  /** Nodes whose function matches, in order. */
  readonly nodes: Int32Array
  /** How many functions match. */
  readonly functions: number
  /** Share of all time, from 0 to 1, in nodes that match; what lies in two of them counts once. */
  readonly share: number
}

/** Finds the nodes of functions that match; each function is asked about once. */
export function search(tree: FrameTree, matcher: FrameMatcher): Matches {
  const { length, frame, frames, start, end, subtreeEnd, extent } = tree
  /** By function: 0 not asked, 1 no, 2 yes. */
  const answers = new Uint8Array(frames.length)
  const found: number[] = []
  let [functions, width, coveredTo] = [0, 0, 0]
  for (let node = 0; node < length; node++) {
    const index = frame[node]
    if (answers[index] === 0) {
      answers[index] = matcher(frames[index]) ? 2 : 1
      if (answers[index] === 2) functions++
    }
    if (answers[index] === 1) continue
    found.push(node)
    if (node < coveredTo) continue
    width += end[node] - start[node]
    coveredTo = subtreeEnd[node]
  }
  return { nodes: Int32Array.from(found), functions, share: extent === 0 ? 0 : width / extent }
}

/** Whether any node from `first` before `end` is among the matches. */
export function hasMatch({ nodes }: Matches, first: number, end: number): boolean {
  let [low, high] = [0, nodes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (nodes[middle] < first) low = middle + 1
    else high = middle
  }
  return low < nodes.length && nodes[low] < end
}

/**
 * What a person types into a search field: a part of a name or file in any case, or a regular expression
 * between slashes. Undefined for nothing, and for an expression that is not finished yet.
 */
export function matcherOf(text: string): FrameMatcher | undefined {
  const wanted = text.trim()
  if (wanted === '') return undefined
  const expression = /^\/(.+)\/([a-z]*)$/.exec(wanted)
  if (expression !== null) {
    try {
      const pattern = new RegExp(expression[1], expression[2].replace(/[gy]/g, ''))
      return ({ name, file }) => pattern.test(name) || pattern.test(file)
    } catch {
      return undefined
    }
  }
  const part = wanted.toLowerCase()
  return ({ name, file }) => name.toLowerCase().includes(part) || file.toLowerCase().includes(part)
}
