import { threadTrees, type CallTree } from '@tracer/call-tree'
import type { ThreadIndex, Trace } from '@tracer/core'
import { Profile, StringTable, emptyTableToken, type LabelInput, type SampleInput } from 'pprof-format'

/** Location numbers in a piece: some tens of kilobytes. */
const PIECE_LOCATIONS = 16_384

/**
 * The bytes of a profile. Its message may come in parts whose lists are put together, so the tables come
 * first and the samples, of which a deep trace has many long ones, after them in pieces.
 */
export function* profilePieces(trace: Trace, raw: boolean): Generator<Uint8Array, void, undefined> {
  const strings = new StringTable()
  const trees = threadTrees(trace, { raw })
  const labels = trace.threads.map((_, thread) => labelsOf(trace, thread, strings))
  yield header(trace, trees, strings)
  for (const [thread, tree] of trees.entries()) yield* samplePieces(tree, labels[thread])
}

function header(trace: Trace, trees: readonly CallTree[], strings: StringTable): Uint8Array {
  const [calls, wall] = ['calls', 'wall'].map((type) => strings.dedup(type))
  const [count, nanoseconds] = ['count', 'nanoseconds'].map((unit) => strings.dedup(unit))
  const sites = usedSites(trace, trees)
  return new Profile({
    sampleType: [
      { type: calls, unit: count },
      { type: wall, unit: nanoseconds },
    ],
    location: sites.map((site) => ({
      id: site + 1,
      line: [{ functionId: site + 1, line: trace.sites[site].line, column: trace.sites[site].column }],
    })),
    function: sites.map((site) => {
      const { name, file, line } = trace.sites[site]
      const text = strings.dedup(name === '' ? '(anonymous)' : name)
      return { id: site + 1, name: text, systemName: text, filename: strings.dedup(file), startLine: line }
    }),
    timeNanos: BigInt(Math.round(trace.metadata.originEpochMs * 1000)) * 1000n,
    durationNanos: lastNs(trace),
    periodType: { type: wall, unit: nanoseconds },
    period: 1,
    comment: [strings.dedup(`Written by ${trace.metadata.producer}`)],
    defaultSampleType: wall,
    stringTable: strings,
  }).encode()
}

function* samplePieces(tree: CallTree, label: LabelInput[]): Generator<Uint8Array, void, undefined> {
  const path: number[] = []
  let samples: SampleInput[] = []
  let locations = 0
  const piece = (): Uint8Array =>
    new Profile({ sample: samples, stringTable: new StringTable(emptyTableToken) }).encode()
  for (let node = 0; node < tree.length; node++) {
    path.length = tree.depth[node]
    path.push(tree.site[node] + 1)
    const value = [tree.calls[node], Math.round(tree.selfNs[node])]
    if (value[0] === 0 && value[1] === 0) continue
    samples.push({ locationId: path.slice().reverse(), value, label })
    locations += path.length
    if (locations < PIECE_LOCATIONS) continue
    yield piece()
    samples = []
    locations = 0
  }
  if (samples.length > 0) yield piece()
}

function labelsOf(trace: Trace, thread: ThreadIndex, strings: StringTable): LabelInput[] {
  const { process, tid, name } = trace.threads[thread]
  const { pid, name: processName } = trace.processes[process]
  const label = (key: string, value: string): LabelInput => ({ key: strings.dedup(key), str: strings.dedup(value) })
  return [
    label('thread', name === '' ? `thread ${tid}` : name),
    label('process', processName === '' ? `process ${pid}` : processName),
    { key: strings.dedup('tid'), num: tid },
    { key: strings.dedup('pid'), num: pid },
  ]
}

function usedSites(trace: Trace, trees: readonly CallTree[]): number[] {
  const isUsed = new Uint8Array(trace.sites.length)
  for (const tree of trees) for (let node = 0; node < tree.length; node++) isUsed[tree.site[node]] = 1
  return [...trace.sites.keys()].filter((site) => isUsed[site] === 1)
}

function lastNs(trace: Trace): number {
  let last = 0
  for (const track of trace.tracks) {
    if (track.kind !== 'thread') continue
    const { length, startNs, durationNs } = track.slices
    for (let i = 0; i < length; i++) last = Math.max(last, startNs[i] + durationNs[i])
  }
  return Math.round(last)
}
