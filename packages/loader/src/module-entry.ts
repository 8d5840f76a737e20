import { realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { nearestPackageType } from './declared-format.js'

/**
 * Whether the program may load ES modules before any CommonJS text of it has been seen: because
 * of its entry, or because of what is preloaded. In doubt it may.
 */
export function mayStartWithModules(argv: readonly string[], nodeOptions: readonly string[]): boolean {
  if (nodeOptions.some((option) => /^--(import|loader|experimental-loader|input-type)\b/.test(option))) return true
  const entry = argv[1]
  if (entry === undefined) return true
  try {
    const file = realpathSync(resolve(entry))
    if (file.endsWith('.cjs')) return false
    // In a package of modules Node.js asks the loader of modules for everything else.
    if (/\.m[jt]s$/.test(file) || nearestPackageType(dirname(file)) === 'module') return true
    // Without a declaration the text passes the CommonJS loader first.
    return !/\.c?[jt]s$/.test(file)
  } catch {
    return true
  }
}
