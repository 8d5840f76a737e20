/**
 * The spool: what one thread writes to disk while it runs. A file is a sequence of blocks and
 * nothing else, so it can be appended to, and cut anywhere: a reader takes the blocks that are whole.
 *
 * ```
 * block    kind u32 | byteLength u32 | payload (byteLength bytes) | zeros to a multiple of 8
 * RECORDS  count u32 | zero u32 | site i32[count] | zeros to 8 | start f64[count] | end f64[count]
 * others   JSON text in UTF-8
 * ```
 *
 * Numbers are in the machine's byte order: a spool is read where it was written.
 */
export const BLOCK_HEADER_BYTES = 8

/** RECORDS: what a ring handed over, in the order in which slices ended; an end of NaN is a call still open. */
export const RECORDS = 1
/** JSON, first block of a thread's file: a {@link ThreadHeader}. */
export const THREAD = 2
/** JSON: a {@link ModuleReport}, before the first record of its sites in the same file. */
export const MODULE = 3
/** JSON, last block of a thread that ended in order: a {@link ThreadEnd}. */
export const END = 4

export type BlockKind = typeof RECORDS | typeof THREAD | typeof MODULE | typeof END

/** Length of `byteLength` rounded up to whole 8 bytes, so that the columns of a block are aligned. */
export function padded(byteLength: number): number {
  return (byteLength + 7) & ~7
}
