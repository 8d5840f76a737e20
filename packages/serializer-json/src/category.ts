import type { Site } from '@tracer/core'

/** Category of what has no place in a file. */
export const NO_FILE_CATEGORY = 'tracer'

const FILE_SCHEME = 'file://'

/**
 * The category of a site's events: its position, `<file>:<line>:<column>`, so that every importer
 * shows where a slice comes from. Importers take what stands between commas as categories of their
 * own, so a comma in a path becomes a semicolon.
 */
export function categoryOf(site: Site): string {
  if (site.file === '') return NO_FILE_CATEGORY
  const path = site.file.startsWith(FILE_SCHEME) ? site.file.slice(FILE_SCHEME.length) : site.file
  const position = site.line > 0 ? `${path}:${site.line}:${site.column}` : path
  return position.replaceAll(',', ';')
}

/** The position that a category of ours holds; undefined for any other category. */
export function positionOf(category: string): Pick<Site, 'file' | 'line' | 'column'> | undefined {
  const match = POSITION.exec(category)
  if (match === null) return undefined
  const [, file, line, column] = match
  return { file, line: Number(line), column: Number(column) }
}

const POSITION = /^(.+):(\d{1,9}):(\d{1,9})$/s
