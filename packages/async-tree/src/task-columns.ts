/** How it is known what set a task going. */
export type Link = 'none' | 'call' | 'flow' | 'drain'

export const LINKS: readonly Link[] = ['none', 'call', 'flow', 'drain']

/** No task, no slice, no track. */
export const NONE = -1

/** The columns of {@link TaskTable} while they are filled. */
export class TaskColumns {
  length = 0
  readonly track: Int32Array
  readonly slice: Int32Array
  readonly lastSlice: Int32Array
  readonly activation: Int32Array
  readonly runs: Int32Array
  readonly startNs: Float64Array
  readonly endNs: Float64Array
  readonly runNs: Float64Array
  readonly selfNs: Float64Array
  readonly parent: Int32Array
  readonly link: Uint8Array
  readonly causeTrack: Int32Array
  readonly causeSlice: Int32Array
  readonly causedNs: Float64Array

  /** Room for `capacity` tasks. */
  constructor(capacity: number) {
    this.track = new Int32Array(capacity)
    this.slice = new Int32Array(capacity)
    this.lastSlice = new Int32Array(capacity)
    this.activation = new Int32Array(capacity)
    this.runs = new Int32Array(capacity)
    this.startNs = new Float64Array(capacity)
    this.endNs = new Float64Array(capacity)
    this.runNs = new Float64Array(capacity)
    this.selfNs = new Float64Array(capacity)
    this.parent = new Int32Array(capacity).fill(NONE)
    this.link = new Uint8Array(capacity)
    this.causeTrack = new Int32Array(capacity).fill(NONE)
    this.causeSlice = new Int32Array(capacity).fill(NONE)
    this.causedNs = new Float64Array(capacity)
  }

  /** A task whose first run is a slice; returns its number. */
  begin(track: number, slice: number, startNs: number, activation = 0): number {
    const task = this.length++
    this.track[task] = track
    this.slice[task] = slice
    this.activation[task] = activation
    this.startNs[task] = startNs
    this.causedNs[task] = startNs
    return task
  }

  /** Adds a run of a task, in the order of time. */
  run(task: number, slice: number, startNs: number, durationNs: number): void {
    this.lastSlice[task] = slice
    this.runs[task]++
    this.endNs[task] = Math.max(this.endNs[task], startNs + durationNs)
    this.runNs[task] += durationNs
    this.selfNs[task] += durationNs
  }

  /** Says what set a task going. */
  cause(task: number, link: Link, parent: number, track: number, slice: number, timeNs: number): void {
    this.parent[task] = parent
    this.link[task] = LINKS.indexOf(link)
    this.causeTrack[task] = track
    this.causeSlice[task] = slice
    this.causedNs[task] = Math.min(this.startNs[task], timeNs)
  }
}
