import { writeEndSignal } from '@tracer/spool'
import { runInThisContext } from 'node:vm'
import type { EndingSignal } from './ending-signals.js'

/**
 * Ends the process by a signal that the main thread catches and does not come to. The session in
 * `folder` says which one it was: catching cannot be undone from here, except for SIGINT.
 */
export function dieOf(signal: EndingSignal, folder: string): void {
  writeEndSignal(folder, process.pid, signal)
  if (signal === 'SIGINT') {
    // Leaves the process without anything that catches SIGINT.
    runInThisContext('0', { breakOnSigint: true })
    process.kill(process.pid, signal)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, DEATH_MS)
  }
  process.kill(process.pid, 'SIGKILL')
}

/** The signal may be for another thread to die of. */
const DEATH_MS = 200
