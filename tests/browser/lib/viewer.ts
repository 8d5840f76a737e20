import type { Trace, TraceSerializer } from '@tracer/core'
import { protobuf } from '@tracer/serializer-protobuf'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { test as base } from './browser-test.js'

export { expect } from './browser-test.js'

const require = createRequire(import.meta.url)

const DIST = dirname(require.resolve('@tracer/viewer/page.html'))

/** The viewer's page, opened with files. */
export interface ViewerFixtures {
  /**
   * Opens the page with files that its server has, and waits until they are shown; `hash` is what the address says
   * behind `#`.
   */
  readonly view: (
    files: Readonly<Record<string, Trace | string | Uint8Array>>,
    options?: BrowserContextOptions & {
      readonly hash?: string
      readonly isLeftAlone?: boolean
      readonly largeBytes?: number
    },
  ) => Promise<Page>
}

/** Tests of the viewer. */
export const test = base.extend<ViewerFixtures>({
  view: async ({ open, serve }, use) => {
    await use(async (files, { hash = '', isLeftAlone = false, largeBytes, ...options } = {}) => {
      const site = await distFiles()
      if (largeBytes !== undefined) {
        const said = `<meta name="tracer-large-bytes" content="${largeBytes}"><script`
        site['/'] = String(site['/']).replace('<script', said)
      }
      const query = new URLSearchParams()
      for (const [name, content] of Object.entries(files)) {
        site[`/files/${name}`] = isTrace(content) ? await bytesOf(content) : content
        query.append('file', name)
      }
      site['/files/'] = JSON.stringify({ folder: null, files: [], sources: false })
      const search = query.size === 0 ? '' : `?${query.toString()}`
      const page = await open(`${await serve(site)}/${search}${hash === '' ? '' : `#${hash}`}`, options)
      if (query.size > 0 && !isLeftAlone) {
        await page.getByRole('region', { name: 'Files being opened' }).waitFor({ state: 'detached' })
        await page.getByRole('tablist', { name: 'Panels' }).waitFor()
      }
      return page
    })
  },
})

/** The bytes of a trace as a file, Perfetto's packets unless another format is given. */
export async function bytesOf(trace: Trace, serializer: TraceSerializer = protobuf()): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of serializer.serialize(trace)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function distFiles(): Promise<Record<string, string | Uint8Array>> {
  const assets = await readdir(join(DIST, 'assets'))
  const files: Record<string, string | Uint8Array> = { '/': await readFile(join(DIST, 'index.html'), 'utf8') }
  for (const name of assets) files[`/assets/${name}`] = await readFile(join(DIST, 'assets', name), 'utf8')
  return files
}

/** The page that needs no other file, as it was built. */
export function singlePage(): Promise<string> {
  return readFile(join(DIST, 'page.html'), 'utf8')
}

function isTrace(content: Trace | string | Uint8Array): content is Trace {
  return typeof content === 'object' && !(content instanceof Uint8Array)
}

/** What a table shows: the texts of its rows' cells, those of the rows in sight. */
export async function rowsOf(page: Page, table: string): Promise<string[][]> {
  const rows = page.getByRole('grid', { name: table, exact: true }).locator('.table-row')
  await rows.first().waitFor()
  return rows.evaluateAll((elements) =>
    elements.map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent ?? '')),
  )
}

/** Moves the pointer down over the timeline until it is on what is named so, and says where that is. */
export async function pointAt(page: Page, name: string, share = 0.5): Promise<{ x: number; y: number }> {
  const surface = page.getByRole('application', { name: 'Timeline' }).first()
  const box = await surface.boundingBox()
  if (box === null) throw new Error('There is no timeline.')
  const x = box.x + box.width * share
  for (let y = box.y + 4; y < box.y + box.height; y += 6) {
    await page.mouse.move(x, y)
    const said = await page.evaluate(
      () =>
        new Promise<string>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done(document.querySelector('.hover-card strong')?.textContent ?? '')),
          ),
        ),
    )
    if (said === name) return { x, y }
  }
  throw new Error(`The timeline has no ${name} at ${share} of its width.`)
}
