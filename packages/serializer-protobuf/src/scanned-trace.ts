import type { Nanoseconds, Trace, TrackIndex } from '@tracer/core'

/** A file of our own without its events: what has to be known before it can be written together with others. */
export interface ScannedTrace {
  /** With the tables of the file; its tracks are empty. */
  readonly trace: Trace
  readonly firstNs: Nanoseconds
  /** When an instant of each name was for the first time. */
  readonly markers: ReadonlyMap<string, Nanoseconds>
  readonly numbers: FileNumbers
  /** Slices that had begun where a file was cut short. */
  readonly open: readonly OpenSlices[]
  /** One sentence for each thing that is wrong with the file. */
  readonly warnings: readonly string[]
}

/** Is told of the slices whose arguments name spans. */
export interface SpanNotes {
  /**
   * One begins, in the packet of this number, from 1. By what this returns its end will be told; a slice of which
   * it returns nothing is forgotten.
   */
  begin(args: string, startNs: Nanoseconds, track: TrackIndex, packet: number): number | undefined
  /** It ends; one that was cut off does not. */
  end(span: number, endNs: Nanoseconds): void
}

/** The numbers that the packets of a file use. */
export interface FileNumbers {
  /** What the monotonic clock of the file shows at time 0 of the trace. */
  readonly zero: number
  /** Tracks of the trace by packet sequence. */
  readonly sequences: ReadonlyMap<number, TrackIndex>
  /** Threads by the uuid of their track. */
  readonly threads: ReadonlyMap<number, number>
  /** The highest number of a flow. */
  readonly flows: number
}

/** How many slices of a track were open. */
export interface OpenSlices {
  readonly sequence: number
  /** Of the track. */
  readonly uuid: number
  readonly count: number
}
