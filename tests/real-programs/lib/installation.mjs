import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

const SOURCE = fileURLToPath(new URL('../install', import.meta.url))
const LOCK = 'package-lock.json'

/**
 * Installs the packages of `install/` into a folder, unless they are there already.
 *
 * @param {string} folder
 */
export function install(folder) {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, LOCK)
  const installed = existsSync(join(folder, 'node_modules', '.package-lock.json')) && existsSync(lock)
  if (installed && readFileSync(lock, 'utf8') === readFileSync(join(SOURCE, LOCK), 'utf8')) return
  cpSync(SOURCE, folder, { recursive: true })
  // Not `npm ci`, which refuses a lock that lacks the binaries of other platforms.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status} in ${folder}; see its message above.`)
}

/**
 * Versions of the packages as installed.
 *
 * @param {string} folder
 * @param {Iterable<string>} names
 * @returns {Record<string, string>}
 */
export function installedVersions(folder, names) {
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => {
      const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
      return [name, /** @type {{ version: string }} */ (JSON.parse(manifest)).version]
    }),
  )
}
