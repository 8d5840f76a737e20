import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, extname, join, relative, sep } from 'node:path'
import { CliError } from '../cli-error.js'
import { viewerPagePath } from '../formats/viewer-page.js'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** A file of the page. */
export interface PageFile {
  readonly path: string
  readonly type: string
}

/**
 * The folder of the viewer's page, as its package was built.
 * @throws CliError with code `PAGE_NOT_FOUND`.
 */
export function viewerFolder(): string {
  const page = viewerPagePath()
  if (page !== undefined && existsSync(join(dirname(page), 'index.html'))) return dirname(page)
  throw new CliError(
    'PAGE_NOT_FOUND',
    'The page that shows traces is not built.',
    'In a clone of the repository: npm run build. Else install @tracer/cli anew.',
  )
}

/** The files of the page by the path at which a browser asks for them: found once, so that there are no others. */
export async function pageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const type = TYPES[extname(entry.name)] ?? 'application/octet-stream'
      return [`/${relative(folder, path).split(sep).join('/')}`, { path, type }] as const
    })
  return new Map(files)
}
