import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TraceSink } from '../contracts.js'

/**
 * Writes to a file, whose folders it makes. The bytes go to `<path>.part`, which takes the place of
 * `path` when it is whole: whoever sees `path` sees a complete file, old or new.
 *
 * Its methods throw what the file system throws; `Tracer.save` wraps that.
 */
export function fileSink(path: string): TraceSink {
  return new FileSink(path)
}

class FileSink implements TraceSink {
  readonly #path: string
  readonly #part: string
  #file: FileHandle | undefined

  constructor(path: string) {
    this.#path = path
    this.#part = `${path}.part`
  }

  async write(bytes: Uint8Array): Promise<void> {
    const file = await this.#opened()
    let rest = bytes
    // The system may take less than it is given, as a disk that is nearly full does.
    while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
  }

  async close(): Promise<void> {
    try {
      const file = await this.#opened()
      await file.close()
      await rename(this.#part, this.#path)
    } catch (error) {
      await this.abort()
      throw error
    }
  }

  async abort(): Promise<void> {
    if (this.#file === undefined) return
    // Closing fails when it was the close that failed; the file has to go all the same.
    await this.#file.close().catch(() => undefined)
    await rm(this.#part, { force: true })
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file === undefined) {
      await mkdir(dirname(this.#path), { recursive: true })
      this.#file = await open(this.#part, 'w')
    }
    return this.#file
  }
}
