import type { Site } from '@tracer/core'

/** Where sites are, below the folder that they have in common. */
export class Places {
  /** With a slash at its end; empty when there is none. */
  readonly folder: string

  constructor(sites: readonly Site[]) {
    this.folder = commonFolder(sites)
  }

  /** `src/app.ts:12:8`; empty for a site that has no place. */
  of({ file, line, column }: Site): string {
    if (file === '') return ''
    const path = file.startsWith(this.folder) ? file.slice(this.folder.length) : file
    if (line === 0) return path
    return column === 0 ? `${path}:${line}` : `${path}:${line}:${column}`
  }
}

function commonFolder(sites: readonly Site[]): string {
  let folder: string | undefined
  for (const { file } of sites) {
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
