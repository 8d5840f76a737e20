import type { Site } from '@tracer/core'

/** What gives slices the same colour. */
export type ColorBy = 'function' | 'file' | 'package'

/** A colour for each site, as a position in a palette of `count`. */
export function siteColors(sites: readonly Site[], by: ColorBy, count: number): Uint8Array {
  return Uint8Array.from(sites, (site) => hashOf(keyOf(site, by)) % count)
}

/** The name of the package a file belongs to: of the innermost `node_modules`, `node` for built-ins, '' for the program's own. */
export function packageOf(file: string): string {
  if (file.startsWith('node:')) return 'node'
  const at = file.lastIndexOf('node_modules/')
  if (at === -1) return ''
  const [scope, name] = file.slice(at + 'node_modules/'.length).split('/', 2)
  return scope.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope
}

function keyOf(site: Site, by: ColorBy): string {
  // A name of a megabyte is as good as its beginning.
  if (by === 'function' || site.file === '') return site.name.slice(0, 200)
  return by === 'file' ? site.file : packageOf(site.file)
}

/** FNV-1a over UTF-16 units, mixed once more because neighbouring names differ in their last unit only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
