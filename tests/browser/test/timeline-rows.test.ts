import { describe } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { drag, LEFT, marked, settled, shown, status, TOP, viewOf, WIDTH, xOf } from '../lib/timeline-page.js'
import type {} from './pages/timeline.js'

describe('the rows', () => {
  test('are folded and unfolded by a click', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const main = page.getByRole('treeitem', { name: 'main tid 7' })
    await main.locator('.fold').click()
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(5)
    expect(await main.getAttribute('aria-expanded')).toBe('false')
    await main.locator('.fold').click()
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(7)
  })

  test('are filtered by what is typed', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.getByRole('searchbox', { name: 'Filter tracks by name' }).fill('heap')
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(3)
  })

  test('are pinned to the top', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const child = page.getByRole('treeitem', { name: 'main tid 8' })
    const heap = page.getByRole('treeitem', { name: 'heap · used' })
    await heap.hover()
    await heap.locator('.pin').click()
    await expect.poll(() => heap.count()).toBe(2)
    expect((await page.locator('.pinned .row').boundingBox())?.y).toBe(TOP)
    await child.hover()
    await child.locator('.pin').click()
    await expect.poll(() => page.locator('.pinned .row').count()).toBe(2)
  })

  test('are dragged before each other', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const order = (): Promise<(string | null)[]> =>
      page.getByRole('treeitem').evaluateAll((items) =>
        items
          .map((item) => ({ label: item.getAttribute('aria-label'), y: item.getBoundingClientRect().y }))
          .sort((a, b) => a.y - b.y)
          .map(({ label }) => label),
      )
    const from = await page.getByRole('treeitem', { name: 'pool tid 9' }).boundingBox()
    const to = await page.getByRole('treeitem', { name: 'main tid 7' }).boundingBox()
    if (from === null || to === null) throw new Error('no rows')
    await drag(page, [100, from.y + 12], [100, to.y + 12])
    await expect
      .poll(order)
      .toEqual(['app pid 7', 'pool tid 9', 'main tid 7', 'GET /', 'heap · used', 'child pid 8', 'main tid 8'])
  })

  test('are moved, folded and pinned by the keyboard', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Tab')
    const focused = (): Promise<string | null> => page.locator('.row:focus').getAttribute('aria-label')
    expect(await focused()).toBe('app pid 7')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('main tid 7')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(5)
    await page.keyboard.press('Alt+ArrowDown')
    await expect
      .poll(async () => (await page.getByRole('treeitem', { name: 'pool tid 9' }).boundingBox())?.y)
      .toBe(TOP + 28)
    expect(await focused()).toBe('main tid 7')
    await page.keyboard.press('p')
    await expect.poll(() => page.locator('.pinned .row').count()).toBe(1)
  })

  test('of 20,000 threads are few elements, and the last is reached', async ({ open, serve }) => {
    const page = await shown(open, serve, 'threads')
    expect(await page.getByRole('treeitem').count()).toBeLessThan(60)
    await page.mouse.move(100, 400)
    await page.evaluate(() => (window.timeline.view = { ...window.timeline.view, scrollTop: 1e9 }))
    await page.getByRole('treeitem', { name: 'thread 20000 tid 20000' }).waitFor()
    const pixels = await pixelsOf(page)
    expect(marked(pixels, 700, LEFT, LEFT + WIDTH).length).toBeGreaterThan(300)
  })

  test('of 5,000 levels scroll with the wheel to the deepest', async ({ open, serve }) => {
    const page = await shown(open, serve, 'deep')
    await page.mouse.move(700, 400)
    await page.mouse.wheel(0, 200_000)
    await expect.poll(async () => (await viewOf(page)).scrollTop).toBeGreaterThan(80_000)
    await settled(page)
    await page.mouse.click(await xOf(page, 0.01), 690)
    await expect.poll(() => status(page).textContent()).toMatch(/^level49\d\d, /)
  })
})
