import fs from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

// Taken now: the program may put others in their place later, and would see what it did not do.
const { readdirSync, rmSync, statSync } = fs

/** Environment variable: another folder for the cache, or `off`. */
const CACHE_VARIABLE = 'TRACER_CACHE'

/** The folder of the cache; undefined when there is to be none. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const wanted = environment[CACHE_VARIABLE]
  if (wanted === 'off') return undefined
  if (wanted !== undefined && wanted !== '') return wanted
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tracer')
}

/** Empties the cache, and says how much there was. */
export function clearCache(environment: NodeJS.ProcessEnv): { readonly files: number; readonly bytes: number } {
  const folder = cacheFolder(environment)
  const files = folder === undefined ? [] : filesOf(folder)
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Removes what has not been used for longest until the folder is under its limit. */
export function prune(folder: string, maxBytes = MAX_BYTES): void {
  const files = filesOf(folder).sort((a, b) => b.usedMs - a.usedMs)
  let total = 0
  for (const { path, bytes } of files) {
    total += bytes
    if (total > maxBytes) rmSync(path, { force: true })
  }
}

/** Room for 100 programs that load 5 MB of JavaScript each. */
const MAX_BYTES = 512 * 1024 * 1024

interface CachedFile {
  readonly path: string
  readonly bytes: number
  readonly usedMs: number
}

function filesOf(folder: string): CachedFile[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const stats = statSync(path, { throwIfNoEntry: false })
      return stats?.isFile() ? [{ path, bytes: stats.size, usedMs: stats.mtimeMs }] : []
    })
  } catch {
    return []
  }
}
