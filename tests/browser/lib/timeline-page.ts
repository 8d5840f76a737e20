import type { Locator, Page } from 'playwright-core'
import { expect } from './browser-test.js'
import type { Colour, Pixels } from './pixels.js'
import { scriptPage } from './script.js'
import type {} from '../test/pages/timeline.js'

// The rows begin 224 pixels from the left and 60 from the top of a page of 1280 by 720.
export const LEFT = 224
export const TOP = 60
export const WIDTH = 1280 - LEFT - 15

export const html = scriptPage(new URL('../test/pages/timeline.ts', import.meta.url), '<style>body{margin:0}</style>')

type Open = (url: string) => Promise<Page>
type Serve = (content: { '/': string }) => Promise<string>

export async function shown(open: Open, serve: Serve, name = ''): Promise<Page> {
  const page = await open(`${await serve({ '/': await html })}/#${name}`)
  await expect.poll(() => page.title(), { timeout: 30_000 }).toBe('shown')
  await settled(page)
  return page
}

/** Waits for what was asked for to be drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

export const rows = (page: Page): Locator => page.locator('canvas.rows')
export const surface = (page: Page): Locator => page.getByRole('application', { name: 'Timeline' })
export const status = (page: Page): Locator => page.getByRole('status')

/** Where a moment is on the page, as the ruler has it. */
export async function xOf(page: Page, ms: number): Promise<number> {
  return page.evaluate(
    ([timeNs, left]) => {
      const { fromNs, toNs } = window.timeline.view
      const canvas = document.querySelector('div div')?.shadowRoot?.querySelector('canvas.rows')
      const width = canvas?.getBoundingClientRect().width ?? 0
      return left + ((timeNs - fromNs) / (toNs - fromNs)) * width
    },
    [ms * 1e6, LEFT] as const,
  )
}

/** Where the first level of a row is, from the top of the page. */
export async function levelY(page: Page, row: string, level = 0, hasInstants = false): Promise<number> {
  const box = await page.getByRole('treeitem', { name: row, exact: true }).first().boundingBox()
  if (box === null) throw new Error(`No row ${row}`)
  return box.y + 4 + (hasInstants ? 16 : 0) + level * 18 + 8
}

export async function viewOf(page: Page): Promise<{ fromNs: number; toNs: number; scrollTop: number }> {
  return page.evaluate(() => window.timeline.view)
}

export async function spanOf(page: Page): Promise<number> {
  const { fromNs, toNs } = await viewOf(page)
  return toNs - fromNs
}

export function isWhite([red, green, blue]: Colour): boolean {
  return red > 250 && green > 250 && blue > 250
}

/** Columns of a line of the page that are not background, from and to. */
export function marked(pixels: Pixels, y: number, from: number, to: number): number[] {
  const columns: number[] = []
  for (let x = Math.max(from, LEFT); x < to; x++) if (!isWhite(pixels.at(x, y))) columns.push(x)
  return columns
}

export async function rowsWidth(page: Page): Promise<number> {
  return (await rows(page).boundingBox())?.width ?? 0
}

export async function drag(
  page: Page,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): Promise<void> {
  await page.mouse.move(fromX, fromY)
  await page.mouse.down()
  await page.mouse.move((fromX + toX) / 2, (fromY + toY) / 2)
  await page.mouse.move(toX, toY)
  await page.mouse.up()
}
