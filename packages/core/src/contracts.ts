import type { Site } from './site.js'
import type { SliceTable, Trace } from './trace.js'
import type { SliceIndex } from './units.js'

/**
 * Turns a trace into the bytes of a file format, and back where the format can be read.
 * Anyone can write one; those that ship use nothing else.
 */
export interface TraceSerializer {
  /** Short name, such as `json`. */
  readonly id: string
  /** File name endings that choose this serializer, with the dot: `.json`. */
  readonly extensions: readonly string[]
  /**
   * The file, in pieces of some tens of kilobytes; the whole is never held. A piece is the
   * consumer's to keep.
   */
  serialize(trace: Trace): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /**
   * What of this trace the format has no place for and a file leaves out, each as a few words with its
   * number: `3 counters`, `arguments of 12 slices`. Without it the format holds everything.
   */
  omits?(trace: Trace): readonly string[]
  /** Whether a file that starts with `head` (up to 4,096 bytes) is of this format. */
  detect?(head: Uint8Array): boolean
  /**
   * Reads a file. @throws TracerError with code `NOT_A_TRACE` when the content is not of this
   * format; a file that was cut short gives what could be read, and a warning.
   */
  deserialize?(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadTrace>
  /**
   * A part of a file as a file that `deserialize` reads: what its events need from the beginning of the file, and
   * from the first event behind `part.from` what stands before `part.to`. Only that is read of the file. Formats
   * without it can be read from their beginning only.
   */
  partOf?(file: StoredBytes, part: BytePart): AsyncIterable<Uint8Array>
}

/** A file of which any bytes can be read. */
export interface StoredBytes {
  /** The bytes from `from` to before `to`, or to the end of the file when that comes first. */
  read(from: number, to: number): Promise<Uint8Array>
}

/** Bytes of a file, from `from` to before `to`. */
export interface BytePart {
  readonly from: number
  readonly to: number
}

/** A trace that was read from a file, and what was wrong with the file. */
export interface ReadTrace {
  readonly trace: Trace
  /** One sentence each; empty when the file was whole. */
  readonly warnings: readonly string[]
}

/** Where serialized bytes go: a file, a socket, an array. */
export interface TraceSink {
  /** Takes the next piece; resolves when the sink is ready for more. */
  write(bytes: Uint8Array): void | Promise<void>
  /** Called once, after the last piece. A sink that fails here has cleaned up after itself. */
  close?(): void | Promise<void>
  /** Called once instead of `close` when the rest will not come; without it `close` is called. */
  abort?(cause: unknown): void | Promise<void>
}

/**
 * Decides which slices stay. Children of a slice that goes move up to its parent: a filter
 * never hides what a filtered function called.
 */
export interface EventFilter {
  /** Short name, such as `min-duration`. */
  readonly id: string
  keeps(site: Site, slices: SliceTable, index: SliceIndex): boolean
}
