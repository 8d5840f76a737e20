import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { readFrontmatter } from './frontmatter.mjs'
import { modesOf } from './modes.mjs'

/** What is about functions and modules; the other built-ins are library that nobody instruments. */
const FOLDERS = [
  'test/annexB/built-ins/Function',
  'test/annexB/language',
  'test/language',
  'test/built-ins/AsyncFunction',
  'test/built-ins/AsyncGeneratorFunction',
  'test/built-ins/AsyncGeneratorPrototype',
  'test/built-ins/Function',
  'test/built-ins/GeneratorFunction',
  'test/built-ins/GeneratorPrototype',
  'test/built-ins/Promise',
]

/**
 * One test in one of its modes.
 *
 * @typedef {object} TestRun
 * @property {string} path relative to the checkout, with forward slashes
 * @property {import('./modes.mjs').Mode} mode
 */

/**
 * The tests of a checkout whose path contains `filter`, each in all of its modes.
 *
 * @param {string} checkout
 * @param {string} filter
 * @returns {TestRun[]}
 */
export function listTests(checkout, filter) {
  return FOLDERS.flatMap((folder) => listFiles(join(checkout, folder)))
    .map((file) => relative(checkout, file).split(sep).join('/'))
    .filter((path) => path.includes(filter))
    .flatMap((path) => {
      const { flags } = readFrontmatter(readFileSync(join(checkout, path), 'utf8'))
      return modesOf(flags).map((mode) => ({ path, mode }))
    })
}

/**
 * Where the checkout stands, if it is one of git.
 *
 * @param {string} checkout
 * @returns {string | undefined}
 */
export function revisionOf(checkout) {
  if (!existsSync(join(checkout, '.git'))) return undefined
  try {
    return execFileSync('git', ['-C', checkout, 'log', '-1', '--format=%h (%cs)'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => {
      if (statSync(path).isDirectory()) return listFiles(path)
      return path.endsWith('.js') && !path.includes('_FIXTURE') ? [path] : []
    })
}
