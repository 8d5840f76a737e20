/**
 * The spool: what one thread writes to disk while it runs. A file is a sequence of blocks and
 * nothing else, so it can be appended to, and cut anywhere: a reader takes the blocks that are whole.
 *
 * ```
 * block    kind u32 | byteLength u32 | payload (byteLength bytes) | zeros to a multiple of 8
 * RECORDS  count u32 | zero u32 | site i32[count] | zeros to 8 | start f64[count] | end f64[count]
 * COUNTS   count u32 | zero u32 | site i32[count] | zeros to 8 | calls f64[count] | ticks f64[count] | laterRuns f64[count]
 * CLOCK    any number of pairs: ticks f64 | monotonicNs f64
 * EVENTS   any number of events: see event-layout.ts
 * COLLECTIONS any number of: start f64 | end f64 | type + 256 * flags f64 | bytes used before f64 | and after f64
 * others   JSON text in UTF-8
 * ```
 *
 * Numbers are in the machine's byte order: a spool is read where it was written.
 */
export const BLOCK_HEADER_BYTES = 8

/** RECORDS: what a ring handed over, in the order in which slices ended; or, with ends of NaN, the calls still open. */
export const RECORDS = 1
/** JSON, first block of a thread's file: a {@link ThreadHeader}. */
export const THREAD = 2
/** JSON: a {@link ModuleReport}, before the first record of its sites in the same file. */
export const MODULE = 3
/** JSON, last block of a thread that ended in order, or of which nothing is missing all the same: a {@link ThreadEnd}. */
export const END = 4

/** CLOCK: moments at which both the thread's clock and CLOCK_MONOTONIC were read, in the order of reading. */
export const CLOCK = 5
/**
 * COUNTS: calls that are in no record, how many ticks they took by estimate, and later runs that are in no record,
 * all since the thread began: of a site the last block counts. What was lost (see DROPS) is among them.
 */
export const COUNTS = 6
/** JSON, a list: each {@link ModeMove} that the budget made since the last such block. */
export const MOVES = 7
/** JSON, a list: each {@link DroppedRecords} since the last such block. */
export const DROPS = 8
/** JSON, a list: each {@link RecordingSwitch} since the last such block. */
export const SWITCHES = 9
/** JSON: {@link LeftOutCalls}, of which the last block counts. */
export const LEFT_OUT = 10
/** EVENTS: what the thread told besides its calls. */
export const EVENTS = 11
/** COLLECTIONS: garbage collections of the thread's heap, as V8 numbers their types and flags; see collections.ts. */
export const COLLECTIONS = 12

export type BlockKind =
  | typeof RECORDS
  | typeof THREAD
  | typeof MODULE
  | typeof END
  | typeof CLOCK
  | typeof COUNTS
  | typeof MOVES
  | typeof DROPS
  | typeof SWITCHES
  | typeof LEFT_OUT
  | typeof EVENTS
  | typeof COLLECTIONS

/** Length of `byteLength` rounded up to whole 8 bytes, so that the columns of a block are aligned. */
export function padded(byteLength: number): number {
  return (byteLength + 7) & ~7
}
