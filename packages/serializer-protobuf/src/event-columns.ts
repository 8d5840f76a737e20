import type { Nanoseconds } from '@tracer/core'

/** What an event does, where it is not the site of a slice that begins. */
export const END = -1
/** The end of a slice that was cut off by the end of the recording. */
export const UNFINISHED_END = -2
/** Ends of arrows: at the innermost open slice, and at the next to begin. */
export const FLOW_HERE = -3
export const FLOW_NEXT = -4

/** One end of an arrow as a file gives it. */
export interface FlowMark {
  readonly key: string | number
  /** Time after the start of the slice; undefined when it is the time of the event. */
  readonly offsetNs: Nanoseconds | undefined
  /** Whether a later use of the key is another arrow. */
  readonly isLast: boolean
}

/** Events of one track as columns that grow, in the order of the file; what few of them say by position. */
export class EventColumns {
  length = 0
  timeNs = new Float64Array(INITIAL_LENGTH)
  /** The site of a slice that begins, else one of the numbers above. */
  code = new Int32Array(INITIAL_LENGTH)
  /** The activation of a slice that begins; undefined while no slice has one. */
  run: Int32Array | undefined
  readonly args = new Map<number, string>()
  readonly flows = new Map<number, FlowMark[]>()
  isSorted = true
  /** How many slices begin. */
  begins = 0
  #lastNs = -Infinity

  /** Hot: adds an event and returns its position. */
  add(timeNs: Nanoseconds, code: number): number {
    const position = this.length
    if (position === this.code.length) this.#grow()
    if (timeNs < this.#lastNs) this.isSorted = false
    if (code >= 0) this.begins++
    this.#lastNs = timeNs
    this.timeNs[position] = timeNs
    this.code[position] = code
    this.length = position + 1
    return position
  }

  setRun(position: number, run: number): void {
    this.run ??= new Int32Array(this.code.length)
    this.run[position] = run
  }

  addFlow(position: number, mark: FlowMark): void {
    const marks = this.flows.get(position)
    if (marks === undefined) this.flows.set(position, [mark])
    else marks.push(mark)
  }

  /** Adds the events of another track, which is the same one by another name. */
  append(other: EventColumns): void {
    for (let i = 0; i < other.length; i++) {
      const position = this.add(other.timeNs[i], other.code[i])
      if (other.run !== undefined && other.run[i] !== 0) this.setRun(position, other.run[i])
      const args = other.args.get(i)
      if (args !== undefined) this.args.set(position, args)
      for (const mark of other.flows.get(i) ?? []) this.addFlow(position, mark)
    }
  }

  /** Times among which are the first and the last. */
  outermost(): Float64Array {
    const times = this.timeNs.subarray(0, this.length)
    return this.isSorted ? Float64Array.of(times[0], times[this.length - 1]) : times
  }

  /** Positions by time; those of one time in the order of the file. */
  order(): Int32Array | undefined {
    if (this.isSorted) return undefined
    const { timeNs } = this
    return Int32Array.from({ length: this.length }, (_, i) => i).sort((a, b) => timeNs[a] - timeNs[b] || a - b)
  }

  #grow(): void {
    const length = this.code.length * 2
    this.timeNs = copied(this.timeNs, new Float64Array(length))
    this.code = copied(this.code, new Int32Array(length))
    if (this.run !== undefined) this.run = copied(this.run, new Int32Array(length))
  }
}

/** Small, because a file may have thousands of tracks. */
const INITIAL_LENGTH = 32

function copied<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
