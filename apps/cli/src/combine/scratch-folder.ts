import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Files that are gone when the command ends. The folder is made with the first of them. */
export class ScratchFolder {
  #folder: string | undefined
  #files = 0

  /** Writes a file and returns its path. */
  async write(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'tracer-combine-'))
    const path = join(this.#folder, `${++this.#files}.pftrace`)
    const file = await open(path, 'w')
    try {
      for await (const piece of pieces) await file.writeFile(piece)
    } finally {
      await file.close()
    }
    return path
  }

  remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }
}
