import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The format that a file's extension or its package declares; undefined leaves it to the text. */
export function declaredFormat(file: string): 'module' | 'commonjs' | undefined {
  if (/\.m[jt]s$/.test(file)) return 'module'
  if (/\.c[jt]s$/.test(file)) return 'commonjs'
  const type = nearestPackageType(dirname(file))
  return type === 'module' || type === 'commonjs' ? type : undefined
}

/** What the package that a folder belongs to declares as `type`. */
export function nearestPackageType(folder: string): unknown {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
      return typeof manifest === 'object' && manifest !== null && 'type' in manifest ? manifest.type : undefined
    } catch {
      if (at === dirname(at) || at.endsWith('node_modules')) return undefined
    }
  }
}
