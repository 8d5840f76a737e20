import type { Nanoseconds } from '@tracer/core'
import type { FlowStarts } from './flow-starts.js'
import type { FileNumbers, OpenSlices } from './scanned-trace.js'

/** A file to be written together with others, and where what it holds goes. */
export interface RewriteInput {
  /** Its content, to be read from the start. */
  readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly numbers: FileNumbers
  readonly openSlices: readonly OpenSlices[]
  /** Added to a time it gives that of the combined trace, in whole nanoseconds. */
  readonly shiftNs: Nanoseconds
  /** Sites of the combined trace, by site of the file. */
  readonly sites: Int32Array
  readonly firstThread: number
  readonly firstTrack: number
  /** Flows that begin or end at slices of this file beside its own. */
  readonly flows: FlowStarts
}
