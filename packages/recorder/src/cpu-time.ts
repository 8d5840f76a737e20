import fs from 'node:fs'
import type { Nanoseconds } from '@tracer/core'

/** The operating system's name of the thread that asks, for {@link CpuTime}; undefined where it does not tell. */
export function osThread(): string | undefined {
  try {
    return `/proc/${fs.readlinkSync('/proc/thread-self')}`
  } catch {
    return undefined
  }
}

/** Whether the system tells it of threads that run. */
export function tellsTime(): boolean {
  if (tells === undefined) {
    const own = new CpuTime(osThread())
    tells = own.read() !== undefined
    own.close()
  }
  return tells
}

let tells: boolean | undefined

/** How long a thread has been on a core. Linux tells any thread of the process, others do not. */
export class CpuTime {
  readonly #buffer = Buffer.alloc(128)
  readonly #fd: number | undefined

  constructor(thread: string | undefined) {
    this.#fd = thread === undefined ? undefined : openOrUndefined(`${thread}/schedstat`)
  }

  /** Undefined where it cannot be known. */
  read(): Nanoseconds | undefined {
    if (this.#fd === undefined) return undefined
    try {
      const length = fs.readSync(this.#fd, this.#buffer, 0, this.#buffer.length, 0)
      return Number(this.#buffer.toString('latin1', 0, length).split(' ', 1)[0])
    } catch {
      return undefined
    }
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd)
  }
}

function openOrUndefined(path: string): number | undefined {
  try {
    return fs.openSync(path, 'r')
  } catch {
    return undefined
  }
}
