import type { Site } from '@tracer/core'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printable } from '../text/cell.js'

/** Where a site is, as a person at `cwd` would write it: `src/app.ts:12:8`; empty when nowhere. */
export function placeOf(site: Site, cwd: string): string {
  if (site.file === '') return ''
  const file = printable(shortPath(site.file, cwd))
  if (site.line === 0) return file
  return site.column === 0 ? `${file}:${site.line}` : `${file}:${site.line}:${site.column}`
}

/** A path below `cwd` relative to it, any other as it is. */
export function shortPath(file: string, cwd: string): string {
  const path = pathOf(file)
  const fromHere = relative(cwd, path)
  return fromHere === '' || fromHere.startsWith(`..${sep}`) || fromHere === '..' ? path : fromHere
}

function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file
  try {
    return fileURLToPath(file)
  } catch {
    // A URL of another system, out of a trace that was made there.
    return file
  }
}
