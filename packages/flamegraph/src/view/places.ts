import type { Frame } from '../tree/frame-tree.js'

/** Longer ones tell a person nothing more. */
const MOST_LETTERS = 300

/** Where functions are, below the folder that their files have in common. */
export class Places {
  /** With a slash at its end; empty when there is none. */
  readonly #folder: string

  constructor(frames: readonly Pick<Frame, 'file'>[]) {
    this.#folder = commonFolder(frames)
  }

  /** `src/app.ts:12:8`, cut at its beginning when it is long; empty when unknown. */
  of(frame: Frame): string {
    const { line, column } = frame
    const path = this.fileOf(frame)
    if (path === '' || line === 0) return path
    return column === 0 ? `${path}:${line}` : `${path}:${line}:${column}`
  }

  fileOf({ file }: Pick<Frame, 'file'>): string {
    const path = file.startsWith(this.#folder) ? file.slice(this.#folder.length) : file
    return path.length <= MOST_LETTERS ? path : `…${path.slice(1 - MOST_LETTERS)}`
  }
}

function commonFolder(frames: readonly Pick<Frame, 'file'>[]): string {
  let folder: string | undefined
  let last = ''
  for (const { file } of frames) {
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
