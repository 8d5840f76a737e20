import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Files by their path from the folder, with forward slashes. @typedef {ReadonlyMap<string, Buffer>} Files */

/**
 * @param {string} folder
 * @returns {Files}
 */
export function readFiles(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file).replaceAll(sep, '/'), readFileSync(file)]),
  )
}

/**
 * Those that a run added or changed.
 *
 * @param {Files} before
 * @param {Files} after
 * @returns {Files}
 */
export function producedFiles(before, after) {
  return new Map([...after].filter(([path, content]) => !before.get(path)?.equals(content)))
}
