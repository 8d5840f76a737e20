import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { declaredFormat } from './declared-format.js'

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
    const format = declaredFormat(file)
    // Without a declaration the text passes the CommonJS loader first.
    return format === 'module' || !/\.[cm]?[jt]s$/.test(file)
  } catch {
    return true
  }
}
