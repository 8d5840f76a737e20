import type { EpochMilliseconds, Nanoseconds } from '@tracer/core'
import type { ThreadMemory } from './thread-memory.js'

/** How a thread introduces itself to the recorder. */
export interface Registration {
  readonly memory: ThreadMemory
  /** File that its records go to. */
  readonly spool: string
  readonly clock: {
    readonly id: string
    readonly nsPerTick: Nanoseconds
    readonly originNs: Nanoseconds
    readonly originEpochMs: EpochMilliseconds
  }
  /** Whether limits keep timed calls out, which are only counted. */
  readonly leavesOut: boolean
  /** The operating system's name of the thread; see `osThread`. */
  readonly osThread: string | undefined
}

/** Name of the channel on which threads that begin later introduce themselves. */
export function channelName(pid: number): string {
  return `tracer-recorder-${pid}`
}
