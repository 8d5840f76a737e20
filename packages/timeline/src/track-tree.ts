import type { Thread, ThreadIndex, Trace, TrackIndex } from '@tracer/core'

/** A row of the timeline, or a group of them. */
export interface TrackNode {
  /** The same for the same row of the same program in another session, for links and stored layouts. */
  readonly key: string
  readonly kind: 'trace' | 'process' | 'thread' | 'async' | 'counter'
  readonly name: string
  /** More about it, such as `pid 4711`. */
  readonly detail: string
  /** What there is to say where there is room, such as a command line. */
  readonly about: string
  /** Position in the traces shown. */
  readonly trace: number
  /** Undefined for a group. */
  readonly track: TrackIndex | undefined
  /** The thread it belongs to; undefined for a group of threads. */
  readonly thread: ThreadIndex | undefined
  readonly parent: TrackNode | undefined
  readonly children: readonly TrackNode[]
}

interface Draft extends TrackNode {
  readonly parent: Draft | undefined
  readonly children: Draft[]
}

/** The tree of traces (only when there are several, by `names` if given), processes, threads and what belongs to each. */
export function trackTree(traces: readonly Trace[], names: readonly string[] = []): readonly TrackNode[] {
  const keys = new Set<string>()
  return traces.flatMap((trace, position) => {
    if (traces.length === 1) return processNodes(trace, position, undefined, keys)
    const name = names.at(position) ?? `Trace ${position + 1}`
    const group = draft(
      { kind: 'trace', name, detail: trace.metadata.producer, trace: position },
      undefined,
      name,
      keys,
    )
    group.children.push(...processNodes(trace, position, group, keys))
    return [group]
  })
}

function processNodes(trace: Trace, position: number, parent: Draft | undefined, keys: Set<string>): Draft[] {
  const threads = threadNodes(trace, position, keys)
  const threadsOf = trace.processes.map((): number[] => [])
  trace.threads.forEach((thread, index) => threadsOf.at(thread.process)?.push(index))
  return trace.processes.flatMap((process, at) => {
    const own = threadsOf[at]
    if (own.length === 0) return []
    const name = process.name === '' ? 'process' : process.name
    const about = process.commandLine.join(' ')
    const head = { kind: 'process' as const, name, detail: `pid ${process.pid}`, about, trace: position }
    const group = draft(head, parent, `process ${process.pid}`, keys)
    // The main thread first, the others as they came.
    own.sort((a, b) => Number(isMain(trace, b)) - Number(isMain(trace, a)) || a - b)
    for (const index of own) group.children.push(...threads(index, group))
    return group.children.length === 0 ? [] : [group]
  })
}

/** Gives the row of a thread, with those of its other tracks below it. */
function threadNodes(trace: Trace, position: number, keys: Set<string>): (thread: number, parent: Draft) => Draft[] {
  const tracksOf = new Map<number, TrackIndex[]>()
  trace.tracks.forEach((track, index) => {
    const own = tracksOf.get(track.thread)
    if (own === undefined) tracksOf.set(track.thread, [index])
    else own.push(index)
  })
  return (index, parent) => {
    const tracks = tracksOf.get(index) ?? []
    const thread = trace.threads[index]
    if (tracks.length === 0 && thread.drops.length === 0) return []
    const track = tracks.find((at) => trace.tracks[at].kind === 'thread')
    const head = {
      kind: 'thread' as const,
      name: threadName(trace, thread),
      detail: threadDetail(thread),
      trace: position,
      track,
      thread: index,
    }
    const node = draft(head, parent, `thread ${thread.tid}`, keys)
    const others = tracks.filter((at) => at !== track)
    others.sort((a, b) => rankOf(trace, a) - rankOf(trace, b) || a - b)
    for (const at of others) {
      const other = trace.tracks[at]
      if (other.kind === 'thread') continue
      const name =
        other.kind === 'async' || other.series === '' || other.series === other.name
          ? other.name
          : `${other.name} · ${other.series}`
      const shown = name === '' ? other.kind : name
      node.children.push(
        draft(
          { kind: other.kind, name: shown, detail: '', trace: position, track: at, thread: index },
          node,
          `${other.kind} ${name}`,
          keys,
        ),
      )
    }
    return [node]
  }
}

/** What runs the thread comes first, then its spans, then its numbers. */
function rankOf(trace: Trace, index: TrackIndex): number {
  const track = trace.tracks[index]
  if (track.kind === 'counter') return 3
  if (track.kind === 'async' && /^event.?loop/i.test(track.name)) return 0
  if (track.kind === 'async' && /^(gc|garbage)\b/i.test(track.name)) return 1
  return 2
}

function isMain(trace: Trace, index: number): boolean {
  const thread = trace.threads[index]
  return thread.tid === trace.processes[thread.process].pid
}

function threadName(trace: Trace, thread: Thread): string {
  if (thread.name !== '') return thread.name
  return thread.tid === trace.processes[thread.process].pid ? 'main' : 'thread'
}

function threadDetail(thread: Thread): string {
  return thread.complete ? `tid ${thread.tid}` : `tid ${thread.tid}, ended early`
}

type Head = Pick<TrackNode, 'kind' | 'name' | 'detail' | 'trace'> & {
  readonly track?: TrackIndex | undefined
  readonly thread?: ThreadIndex
  readonly about?: string
}

function draft(head: Head, parent: Draft | undefined, ownKey: string, keys: Set<string>): Draft {
  const base = parent === undefined ? ownKey : `${parent.key}/${ownKey}`
  let key = base
  for (let again = 2; keys.has(key); again++) key = `${base}~${again}`
  keys.add(key)
  return { ...head, about: head.about ?? '', track: head.track, thread: head.thread, key, parent, children: [] }
}

/** All threads below a row, or the row itself. */
export function threadsIn(node: TrackNode): TrackNode[] {
  return node.kind === 'thread' ? [node] : node.children.flatMap(threadsIn)
}
