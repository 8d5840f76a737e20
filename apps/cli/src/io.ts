import type { Writable } from 'node:stream'

/** What the command sees of the world around it, so that a test can be that world. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  /** Absolute path. */
  readonly cwd: string
}

/** A stream that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Width to write for when the stream is no terminal. */
const DEFAULT_COLUMNS = 80

/** Columns to fill; `COLUMNS` is for terminals only, as elsewhere. */
export function widthOf(output: Output): number {
  return output.isTTY === true && output.columns !== undefined && output.columns > 0 ? output.columns : DEFAULT_COLUMNS
}

/** How the command ends: with an exit code, or by the signal that ended the program. */
export type Outcome = { readonly exitCode: number } | { readonly signal: NodeJS.Signals }
