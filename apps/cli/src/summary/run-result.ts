import type { Session } from '@tracer/spool'

/** What a summary is made from: a run that was recorded and saved. */
export interface RunResult {
  readonly session: Session
  /** The output as the person named it. */
  readonly output: string
  /** Size of the output. */
  readonly bytes: number
  readonly limits: Limits
}

/** What narrowed a recording, as the flags that did, such as `--min-duration 10us`. */
export interface Limits {
  /** Flags that keep calls out. */
  readonly calls: readonly string[]
  /** Flags that keep files out. */
  readonly files: readonly string[]
}

export const NO_LIMITS: Limits = { calls: [], files: [] }
