import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { scriptPage } from '../lib/script.js'
import { html, settled, spanOf, viewOf, xOf } from '../lib/timeline-page.js'
import { Touch } from '../lib/touch.js'
import type {} from './pages/timeline.js'

const TOUCH = { hasTouch: true }

test('two fingers zoom the timeline around what is between them, and select nothing', async ({ open, serve }) => {
  const page = await open(`${await serve({ '/': await html })}/`, TOUCH)
  await expect.poll(() => page.title(), { timeout: 30_000 }).toBe('shown')
  await settled(page)
  const before = await spanOf(page)
  const middle = await xOf(page, 500)
  await new Touch(page).drag(
    [
      [middle - 50, 200],
      [middle - 200, 200],
    ],
    [
      [middle + 50, 200],
      [middle + 200, 200],
    ],
  )
  await expect.poll(() => spanOf(page)).toBeLessThan(before / 3)
  expect(Math.abs((await xOf(page, 500)) - middle)).toBeLessThan(10)
  expect(await page.evaluate(() => window.told.selection)).toBeUndefined()
})

test('one finger moves the timeline along, and a tap selects', async ({ open, serve }) => {
  const page = await open(`${await serve({ '/': await html })}/`, TOUCH)
  await expect.poll(() => page.title(), { timeout: 30_000 }).toBe('shown')
  await page.evaluate(() => (window.timeline.view = { fromNs: 200e6, toNs: 600e6 }))
  await settled(page)
  await new Touch(page).drag([
    [800, 650],
    [600, 650],
  ])
  await expect.poll(async () => Math.round((await viewOf(page)).fromNs / 1e6)).toBeGreaterThan(250)
  expect(Math.round(await spanOf(page))).toBe(400e6)
  expect(await page.evaluate(() => window.told.selection)).toBeUndefined()
  const row = await page.getByRole('treeitem', { name: 'main tid 8' }).boundingBox()
  await page.touchscreen.tap(await xOf(page, 500), (row?.y ?? 0) + 12)
  await expect.poll(() => page.evaluate(() => window.told.selection?.kind)).toBe('slice')
})

test('two fingers zoom a flamegraph', async ({ show }) => {
  const page = await show(await scriptPage(new URL('pages/flamegraph.ts', import.meta.url)), TOUCH)
  const canvas = page.locator('canvas')
  await expect.poll(async () => (await pixelsOf(canvas)).colours().length).toBeGreaterThan(3)
  const before = await pixelsOf(canvas)
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('No graph')
  const y = box.y + 30
  await new Touch(page).drag(
    [
      [300, y],
      [100, y],
    ],
    [
      [400, y],
      [600, y],
    ],
  )
  await expect.poll(async () => (await pixelsOf(canvas)).difference(before)).toBeGreaterThan(1000)
  expect(await page.locator('pre').textContent()).not.toContain('selected')
})
