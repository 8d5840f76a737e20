import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of this repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * One package of the workspace.
 *
 * @typedef {object} Member
 * @property {string} name as in its package.json, such as `@tracer/core`
 * @property {string} folder from the root, with forward slashes, such as `packages/core`
 * @property {Manifest} manifest
 */

/**
 * The fields of a package.json that scripts read.
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} [packageManager]
 * @property {boolean} [private]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * Reads the package.json of `folder`.
 *
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  const file = join(folder, 'package.json')
  try {
    return /** @type {Manifest} */ (JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`Cannot read ${file}; correct it, or run the command in a whole checkout.`, { cause: error })
  }
}

/**
 * All packages that `pnpm-workspace.yaml` names, by folder. Folders without a package.json are left out.
 *
 * @param {string} [root]
 * @returns {Member[]}
 */
export function readMembers(root = ROOT) {
  return memberPatterns(root)
    .flatMap((pattern) => expand(root, pattern))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => {
      const manifest = readManifest(join(root, folder))
      return { name: manifest.name, folder, manifest }
    })
}

/**
 * All files below `folder` with one of the `extensions`, as paths from `folder` with forward slashes.
 *
 * @param {string} folder
 * @param {readonly string[]} extensions
 * @returns {string[]}
 */
export function listFiles(folder, extensions) {
  const generated = new Set(['node_modules', 'dist', 'fixtures', '.turbo'])
  /** @type {(path: string) => string[]} */
  const walk = (path) =>
    readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return generated.has(entry.name) ? [] : walk(join(path, entry.name))
      return extensions.some((extension) => entry.name.endsWith(extension)) ? [join(path, entry.name)] : []
    })
  return walk('').map((path) => path.replaceAll(sep, '/'))
}

/**
 * The list under `packages:`. Read by lines because a YAML parser would have to be installed first.
 *
 * @param {string} root
 */
function memberPatterns(root) {
  const yaml = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const list = /^packages:\n((?:[ \t]+-.*\n|[ \t]*#.*\n)+)/m.exec(yaml)?.[1] ?? ''
  return [...list.matchAll(/^\s*-\s*['"]?([^'"\s#]+)/gm)].map((match) => String(match[1]))
}

/**
 * Folders of a pattern: `bench`, or `packages/*`.
 *
 * @param {string} root
 * @param {string} pattern
 */
function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern]
  const parent = pattern.slice(0, -2)
  if (!existsSync(join(root, parent))) return []
  return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
}
