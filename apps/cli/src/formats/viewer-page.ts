import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The viewer's page as one file into which a trace can be put; undefined where it is not built. */
export async function viewerPage(): Promise<string | undefined> {
  const path = viewerPagePath()
  return path === undefined ? undefined : readFile(path, 'utf8').catch(() => undefined)
}

/** Where that page lies, beside the files of the page for a server. */
export function viewerPagePath(): string | undefined {
  try {
    return require.resolve('@tracer/viewer/page.html')
  } catch {
    return undefined
  }
}
