import { threadTrees, type CallTree } from '@tracer/call-tree'
import type { ThreadIndex, Trace } from '@tracer/core'
import { HEADER, frameText } from './stack-line.js'

/**
 * The text of a file: paths of each thread, dearest first. Where there are several threads or processes
 * their names are the outermost frames.
 */
export function* stackParts(trace: Trace, raw: boolean): Generator<string, void, undefined> {
  const names = trace.sites.map(({ name }) => frameText(name))
  const trees = threadTrees(trace, { raw })
  const used = trees.filter(({ length }) => length > 0).length
  if (!trees.some(hasTime) || longestLine(trees, names) > LONG_LINE) yield HEADER
  for (const [thread, tree] of trees.entries()) {
    const outer = used > 1 ? `${threadText(trace, thread)};` : ''
    yield* pathsOf(tree, names, outer)
  }
}

/** Longer ones may fill the part of a file by which it is recognized. */
const LONG_LINE = 1000

/** So long a line may be, if the longest names lie at the deepest place. */
function longestLine(trees: readonly CallTree[], names: readonly string[]): number {
  const longest = names.reduce((most, { length }) => Math.max(most, length), 0)
  let deepest = 0
  for (const { depth } of trees) for (const level of depth) deepest = Math.max(deepest, level)
  return longest * (deepest + 1)
}

function hasTime({ selfNs }: CallTree): boolean {
  return selfNs.some((ns) => Math.round(ns) > 0)
}

/** Names are given out one at a time: a deep path as one text for each of its levels would fill the memory. */
function* pathsOf(tree: CallTree, names: readonly string[], outer: string): Generator<string, void, undefined> {
  const path: string[] = []
  for (let node = 0; node < tree.length; node++) {
    const name = names[tree.site[node]]
    path.length = tree.depth[node]
    const count = Math.round(tree.selfNs[node])
    if (count > 0) {
      yield outer
      for (const caller of path) yield `${caller};`
      yield `${name} ${count}\n`
    }
    path.push(name)
  }
}

function threadText(trace: Trace, thread: ThreadIndex): string {
  const { process, tid, name } = trace.threads[thread]
  const own = frameText(name === '' ? `thread-${tid}` : name)
  if (trace.processes.length < 2) return own
  const { pid, name: processName } = trace.processes[process]
  return `${frameText(`${processName === '' ? 'process' : processName}-${pid}`)};${own}`
}
