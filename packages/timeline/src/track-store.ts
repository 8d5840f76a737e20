import type { CounterTrack, InstantTable, SliceIndex, SliceTable, Trace, Track, TrackIndex } from '@tracer/core'
import { indexSamples, type SampleIndex } from './counter-columns.js'
import { packLanes } from './lanes.js'
import type { TrackSizes } from './layout.js'
import { indexLevels, type LevelIndex } from './level-index.js'
import type { TrackNode } from './track-tree.js'

/** An index made elsewhere, in a worker say, of a track of a trace. */
export interface GivenIndex {
  readonly trace: number
  readonly track: TrackIndex
  readonly index: LevelIndex
}

/** What drawing needs of the tracks of some traces; each index is made when it is first asked for. */
export class TrackStore implements TrackSizes {
  readonly traces: readonly Trace[]
  readonly #indexes = new Map<SliceTable, LevelIndex>()
  readonly #lanes = new Map<SliceTable, Int32Array>()
  readonly #levels = new Map<SliceTable, number>()
  readonly #samples = new Map<CounterTrack, SampleIndex>()

  constructor(traces: readonly Trace[], given: readonly GivenIndex[] = []) {
    this.traces = traces
    for (const { trace, track, index } of given) {
      const found = traces.at(trace)?.tracks[track]
      if (found !== undefined && found.kind !== 'counter') this.#indexes.set(found.slices, index)
    }
  }

  trackOf(node: NodeOfSlices): Track | undefined {
    return node.track === undefined ? undefined : this.traces[node.trace].tracks[node.track]
  }

  slicesOf(node: NodeOfSlices): SliceTable | undefined {
    const track = this.trackOf(node)
    return track === undefined || track.kind === 'counter' ? undefined : track.slices
  }

  instantsOf(node: TrackNode): InstantTable | undefined {
    const track = this.trackOf(node)
    return track?.kind === 'thread' && track.instants.length > 0 ? track.instants : undefined
  }

  hasInstants(node: TrackNode): boolean {
    return this.instantsOf(node) !== undefined
  }

  levelsOf(node: TrackNode): number {
    const slices = this.slicesOf(node)
    if (slices === undefined) return 0
    const known = this.#levels.get(slices)
    if (known !== undefined) return known
    const index = node.kind === 'thread' ? this.readyIndexOf(slices) : this.indexOf(slices, node)
    const levels = index?.levels ?? deepest(slices)
    this.#levels.set(slices, levels)
    return levels
  }

  /** The index of the slices of a node: those of a thread by depth, others packed into lanes. */
  indexOf(slices: SliceTable, node: Pick<TrackNode, 'kind'>): LevelIndex {
    let index = this.#indexes.get(slices)
    if (index === undefined) {
      index = indexLevels(slices, node.kind === 'thread' ? slices.depth : this.#lanesOf(slices))
      this.#indexes.set(slices, index)
    }
    return index
  }

  /** The index of some slices, if it was made already. */
  readyIndexOf(slices: SliceTable): LevelIndex | undefined {
    return this.#indexes.get(slices)
  }

  samplesOf(track: CounterTrack): SampleIndex {
    let index = this.#samples.get(track)
    if (index === undefined) this.#samples.set(track, (index = indexSamples(track.samples)))
    return index
  }

  /** The level on which a slice is drawn. */
  levelOf(node: NodeOfSlices, slice: SliceIndex): number {
    const slices = this.slicesOf(node)
    if (slices === undefined) return 0
    return node.kind === 'thread' ? slices.depth[slice] : this.#lanesOf(slices)[slice]
  }

  #lanesOf(slices: SliceTable): Int32Array {
    let lanes = this.#lanes.get(slices)
    if (lanes === undefined) this.#lanes.set(slices, (lanes = packLanes(slices)))
    return lanes
  }
}

function deepest({ depth, length }: SliceTable): number {
  let levels = 0
  for (let i = 0; i < length; i++) if (depth[i] >= levels) levels = depth[i] + 1
  return levels
}

/** As much of a node as leads to its slices. */
type NodeOfSlices = Pick<TrackNode, 'kind' | 'trace' | 'track'>
