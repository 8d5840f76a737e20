import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isNamedLikeTrace } from '../formats/file-format.js'

/** A trace that can be opened in the page. */
export interface ListedFile {
  /** By which the page asks for it. */
  readonly name: string
  readonly bytes: number
  readonly modifiedMs: number
}

/** What the server was given: nothing else is read. */
export interface Shared {
  /** The folder, when it is one. */
  readonly folder: string | undefined
  /** The names to open, in the order in which they were given; none for a folder, whose list is shown. */
  readonly names: readonly string[]
  /** The real path of the file of that name; undefined when there is none. */
  find(name: string): Promise<string | undefined>
  list(): Promise<ListedFile[]>
}

/** The files that were named, by names that differ: two files `a/x.json` and `b/x.json` are `x.json` and `x.json (2)`. */
export async function sharedFiles(paths: readonly string[]): Promise<Shared> {
  const byName = new Map<string, string>()
  for (const path of paths) byName.set(freeName(basename(path), byName), await realpath(path))
  return {
    folder: undefined,
    names: [...byName.keys()],
    find: (name) => Promise.resolve(byName.get(name)),
    list: () => listed([...byName]),
  }
}

/** The traces that lie in a folder itself, as it is at the moment. Links out of it lead nowhere. */
export async function sharedFolder(path: string): Promise<Shared> {
  const folder = await realpath(path)
  const find = async (name: string): Promise<string | undefined> => {
    // What the folder lists has neither slashes nor dots to climb by.
    const names = await namesIn(folder)
    return names.includes(name) ? traceIn(folder, name) : undefined
  }
  return {
    folder: path,
    names: [],
    find,
    list: async () => {
      const names = (await namesIn(folder)).filter(isVisibleTrace)
      const found = await Promise.all(names.map(async (name) => [name, await traceIn(folder, name)] as const))
      return listed(found.flatMap(([name, real]) => (real === undefined ? [] : [[name, real]])))
    },
  }
}

/** The real path of an entry of a folder, if that is a trace in this very folder. */
async function traceIn(folder: string, name: string): Promise<string | undefined> {
  if (!isVisibleTrace(name)) return undefined
  const real = await realpath(join(folder, name)).catch(() => undefined)
  return real !== undefined && dirname(real) === folder && isVisibleTrace(basename(real)) ? real : undefined
}

/** None, when the folder is there no more. */
function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

function isVisibleTrace(name: string): boolean {
  return !name.startsWith('.') && isNamedLikeTrace(name)
}

/** Newest first; what is no file any more is left out. */
async function listed(entries: readonly (readonly [name: string, path: string])[]): Promise<ListedFile[]> {
  const files = await Promise.all(
    entries.map(async ([name, path]) => {
      const found = await stat(path).catch(() => undefined)
      return found?.isFile() === true ? [{ name, bytes: found.size, modifiedMs: found.mtimeMs }] : []
    }),
  )
  return files.flat().sort((a, b) => b.modifiedMs - a.modifiedMs)
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`
    if (!taken.has(candidate)) return candidate
  }
}
