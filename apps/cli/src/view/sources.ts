import { readdir, realpath } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve, sep } from 'node:path'

/** Texts of programs, and nothing that may hold secrets beside them. */
const ENDINGS = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|coffee|civet)$/i

/** The folders whose source texts the page may show. */
export class Sources {
  readonly #folders: readonly string[]

  private constructor(folders: readonly string[]) {
    this.#folders = folders
  }

  static async of(folders: readonly string[]): Promise<Sources> {
    const real = folders.map(async (folder) => {
      // It throws where there is no such folder.
      await readdir(folder)
      return realpath(folder)
    })
    return new Sources(await Promise.all(real))
  }

  get isEmpty(): boolean {
    return this.#folders.length === 0
  }

  /** The real path of a source file, as a trace names it, if it lies in one of the folders. */
  async find(file: string): Promise<string | undefined> {
    if (file === '' || file.includes('\0')) return undefined
    for (const folder of this.#folders) {
      const real = await realpath(isAbsolute(file) ? file : resolve(folder, file)).catch(() => undefined)
      if (real !== undefined && isInside(folder, real) && isSource(real)) return real
    }
    return undefined
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function isSource(path: string): boolean {
  return ENDINGS.test(path) && !basename(path).startsWith('.')
}
