/** A place in a source file. */
export interface SourcePlace {
  /** Empty when unknown. */
  readonly file: string
  /** From 1; 0 when unknown. */
  readonly line: number
  /** From 1; 0 when unknown. */
  readonly column: number
}

/** Says where functions are, below the folder that their files have in common. */
export class Places {
  /** With a slash at its end; empty when there is none. */
  readonly folder: string
  readonly #mostLetters: number

  /** Paths of more than `mostLetters` are cut at their beginning. */
  constructor(places: Iterable<Pick<SourcePlace, 'file'>>, mostLetters = Infinity) {
    this.folder = commonFolder(places)
    this.#mostLetters = mostLetters
  }

  /** `src/app.ts:12:8`, as far as it is known. */
  of(place: SourcePlace): string {
    const { line, column } = place
    const path = this.fileOf(place)
    if (path === '' || line === 0) return path
    return column === 0 ? `${path}:${line}` : `${path}:${line}:${column}`
  }

  /** `src/app.ts` */
  fileOf({ file }: Pick<SourcePlace, 'file'>): string {
    const path = file.startsWith(this.folder) ? file.slice(this.folder.length) : file
    return path.length <= this.#mostLetters ? path : `…${path.slice(1 - this.#mostLetters)}`
  }
}

function commonFolder(places: Iterable<Pick<SourcePlace, 'file'>>): string {
  let folder: string | undefined
  let last = ''
  for (const { file } of places) {
    if (file === last) continue
    last = file
    const own = folderOf(file)
    // Such as `node:fs`, which is nowhere.
    if (own === '') continue
    folder ??= own
    while (!own.startsWith(folder)) folder = folderOf(folder.slice(0, -1))
  }
  return folder ?? ''
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}
