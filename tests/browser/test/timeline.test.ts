import { describe } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf, type Colour } from '../lib/pixels.js'
import {
  drag,
  html,
  isWhite,
  LEFT,
  levelY,
  marked,
  rows,
  rowsWidth,
  settled,
  shown,
  spanOf,
  status,
  surface,
  TOP,
  viewOf,
  WIDTH,
  xOf,
} from '../lib/timeline-page.js'
import type {} from './pages/timeline.js'

describe('a timeline', () => {
  test('names its rows and draws their slices', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const names = await page
      .getByRole('treeitem')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')))
    expect(names).toEqual([
      'app pid 7',
      'main tid 7',
      'GET /',
      'heap · used',
      'pool tid 9',
      'child pid 8',
      'main tid 8',
    ])
    const pixels = await pixelsOf(page)
    const y = Math.round(await levelY(page, 'main tid 7', 0, true))
    for (const ms of [50, 95, 210, 590]) expect(isWhite(pixels.at(Math.round(await xOf(page, ms)), y + 6))).toBe(false)
    for (const ms of [110, 190, 620]) expect(isWhite(pixels.at(Math.round(await xOf(page, ms)), y + 6))).toBe(true)
  })

  test('shows a slice of one nanosecond in a second as a mark', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const pixels = await pixelsOf(page)
    const x = Math.round(await xOf(page, 750))
    const columns = marked(pixels, Math.round(await levelY(page, 'main tid 7', 0, true)), x - 20, x + 20)
    expect(columns.length).toBe(1)
    expect(Math.abs(columns[0] - x)).toBeLessThanOrEqual(1)
  })

  test('hatches the time in which records were lost', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const pixels = await pixelsOf(page)
    const y = Math.round(await levelY(page, 'pool tid 9'))
    // The number of them stands on the left.
    const [from, to] = [Math.round(await xOf(page, 580)), Math.round(await xOf(page, 695))]
    expect(marked(pixels, y, from, to)).toHaveLength(to - from)
    const colours = new Set(Array.from({ length: to - from }, (_, at) => pixels.at(from + at, y).join()))
    expect(colours.size).toBeGreaterThanOrEqual(2)
    expect(marked(pixels, y, to + 20, to + 100)).toEqual([])
  })

  test('writes names as text, whatever is in them', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.mouse.click(await xOf(page, 500), await levelY(page, 'main tid 8'))
    await expect.poll(() => status(page).textContent()).toContain('<img src=x onerror=')
    expect(await page.title()).toBe('shown')
    expect(await page.locator('img').count()).toBe(0)
  })

  test('zooms with ctrl and the wheel around the pointer, and back out to the whole', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const before = await viewOf(page)
    // Wheels tell whole pixels.
    const x = Math.round(await xOf(page, 450))
    const ms = (before.fromNs + ((x - LEFT) / (await rowsWidth(page))) * (before.toNs - before.fromNs)) / 1e6
    await page.mouse.move(x, TOP + 60)
    await page.keyboard.down('Control')
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, -100)
    await expect.poll(() => spanOf(page)).toBeLessThan((before.toNs - before.fromNs) / 10)
    expect(Math.abs((await xOf(page, ms)) - x)).toBeLessThan(2)
    for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 100)
    await page.keyboard.up('Control')
    await expect.poll(() => viewOf(page)).toEqual(before)
  })

  test('zooms until a nanosecond is as wide as a name', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.mouse.dblclick(await xOf(page, 750), await levelY(page, 'main tid 7', 0, true))
    await expect.poll(() => spanOf(page)).toBeLessThanOrEqual(10)
    await settled(page)
    const pixels = await pixelsOf(page)
    const columns = marked(pixels, Math.round(await levelY(page, 'main tid 7', 0, true)) + 6, LEFT, LEFT + WIDTH)
    expect(columns.length).toBeGreaterThan(80)
  })

  test('is dragged through time, and sideways by the wheel', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.evaluate(() => (window.timeline.view = { fromNs: 2e8, toNs: 4e8 }))
    await page.mouse.move(700, 200)
    await page.mouse.down()
    await page.mouse.move(600, 200, { steps: 4 })
    await page.mouse.up()
    await expect
      .poll(async () => Math.round((await viewOf(page)).fromNs / 1e6))
      .toBe(Math.round(200 + (100 / (await rowsWidth(page))) * 200))
    const { fromNs } = await viewOf(page)
    await page.mouse.wheel(120, 0)
    await expect.poll(async () => (await viewOf(page)).fromNs).toBeGreaterThan(fromNs)
  })

  test('tells what is clicked, frames it and says it', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const before = await pixelsOf(rows(page))
    await page.mouse.click(await xOf(page, 250), await levelY(page, 'main tid 7', 1, true))
    await expect
      .poll(() => status(page).textContent())
      .toBe('parse, 80.00 ms from 220.0 ms, level 2, thread main, parse.ts:7')
    expect(await page.evaluate(() => window.told.selection)).toEqual({ kind: 'slice', trace: 0, track: 0, slice: 3 })
    await page.mouse.move(5, 5)
    await settled(page)
    const accent: Colour = [11, 95, 204, 255]
    expect(before.count(accent)).toBe(0)
    const after = await pixelsOf(rows(page))
    expect(after.count(accent)).toBeGreaterThan(150)
    // The keys work from now on, but a ring around everything is for those who came by them.
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => status(page).textContent()).toMatch(/^reply, /)
    expect(after.countWhere((colour, x) => x < 2 && colour.join() === accent.join())).toBe(0)
    await page.keyboard.press('ArrowLeft')
    await page.mouse.click(await xOf(page, 150), await levelY(page, 'main tid 7', 0, true))
    expect(await page.evaluate(() => window.told.selection)).toBeUndefined()
  })

  test('tells which instant and which sample are clicked', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.mouse.click(await xOf(page, 350), (await levelY(page, 'main tid 7')) + 2)
    await expect.poll(() => status(page).textContent()).toBe('Instant timeout, at 350.0 ms, thread main')
    await page.mouse.click(await xOf(page, 505), await levelY(page, 'heap · used'))
    await expect.poll(() => status(page).textContent()).toBe('Counter heap used, 100 from 500.0 ms, thread main')
  })

  test('measures a range that is drawn with shift, or on the ruler', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.keyboard.down('Shift')
    await drag(page, [await xOf(page, 100), 200], [await xOf(page, 300), 240])
    await page.keyboard.up('Shift')
    const range = await page.evaluate(() => window.told.range)
    expect(Math.round((range?.fromNs ?? 0) / 1e6)).toBe(100)
    expect(Math.round((range?.toNs ?? 0) / 1e6)).toBe(300)
    await settled(page)
    const pixels = await pixelsOf(page)
    expect(isWhite(pixels.at(Math.round(await xOf(page, 150)), 700))).toBe(false)
    expect(isWhite(pixels.at(Math.round(await xOf(page, 350)), 700))).toBe(true)
    await drag(page, [await xOf(page, 600), TOP - 8], [await xOf(page, 400), TOP - 8])
    const other = await page.evaluate(() => window.told.range)
    expect(Math.round((other?.fromNs ?? 0) / 1e6)).toBe(400)
    expect(Math.round((other?.toNs ?? 0) / 1e6)).toBe(600)
  })

  test('moves one edge of a measured range, over the rows or on the ruler, and lets go of it with Escape', async ({
    open,
    serve,
  }) => {
    const page = await shown(open, serve)
    const range = async (): Promise<number[]> =>
      page.evaluate(() => {
        const { fromNs = NaN, toNs = NaN } = window.told.range ?? {}
        return [Math.round(fromNs / 1e6), Math.round(toNs / 1e6)]
      })
    await drag(page, [await xOf(page, 100), TOP - 8], [await xOf(page, 300), TOP - 8])
    expect(await range()).toEqual([100, 300])
    await drag(page, [await xOf(page, 300), 300], [await xOf(page, 500), 320])
    expect(await range()).toEqual([100, 500])
    await drag(page, [await xOf(page, 100), TOP - 8], [await xOf(page, 700), TOP - 8])
    expect(await range()).toEqual([500, 700])
    await settled(page)
    const pixels = await pixelsOf(page)
    expect(isWhite(pixels.at(Math.round(await xOf(page, 650)), 700))).toBe(false)
    expect(isWhite(pixels.at(Math.round(await xOf(page, 350)), 700))).toBe(true)
    await surface(page).focus()
    await page.keyboard.press('Escape')
    expect(await range()).toEqual([NaN, NaN])
    await settled(page)
    expect(isWhite((await pixelsOf(page)).at(Math.round(await xOf(page, 650)), 700))).toBe(true)
  })

  test('says on the ruler which moment the pointer is at', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const ruler = { x: LEFT, y: TOP - 24, width: 1000, height: 24 }
    const seen = async (): Promise<Buffer> => page.screenshot({ clip: ruler })
    const before = await seen()
    await page.mouse.move(700, 300)
    await settled(page)
    const there = await seen()
    expect(there.equals(before)).toBe(false)
    await page.mouse.move(500, 300)
    await settled(page)
    expect((await seen()).equals(there)).toBe(false)
    await page.mouse.move(20, 10)
    await settled(page)
    expect((await seen()).equals(before)).toBe(true)
  })

  test('tells what comes to lie under the pointer when the rows move', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const hovered = (): Promise<unknown> => page.evaluate(() => window.told.hovered)
    await page.mouse.move(await xOf(page, 50), await levelY(page, 'main tid 7', 0, true))
    await expect.poll(hovered).toEqual({ kind: 'slice', trace: 0, track: 0, slice: 0 })
    await page.evaluate(() => (window.timeline.view = { fromNs: 2e8, toNs: 6e8 }))
    await expect.poll(hovered).toEqual({ kind: 'slice', trace: 0, track: 0, slice: 2 })
    await page.mouse.move(20, 10)
    await expect.poll(hovered).toBeUndefined()
  })

  test('is moved by its minimap', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await drag(page, [LEFT + 300, 15], [LEFT + 500, 15])
    const whole = (await spanOf(page)) / (200 / (await rowsWidth(page)))
    expect(Math.round(whole / 1e7)).toBe(102)
    const { fromNs } = await viewOf(page)
    await drag(page, [LEFT + 400, 15], [LEFT + 500, 15])
    const moved = (await viewOf(page)).fromNs - fromNs
    expect(Math.round((moved / whole) * (await rowsWidth(page)))).toBe(100)
  })

  test('links a selected slice to what it set going by an arrow, and its runs to each other', async ({
    open,
    serve,
  }) => {
    const page = await shown(open, serve)
    const pink = ([red, green, blue]: Colour): boolean => red > 170 && green < 90 && blue > 80 && blue < 140
    expect((await pixelsOf(rows(page))).countWhere(pink)).toBe(0)
    await page.mouse.click(await xOf(page, 40), await levelY(page, 'main tid 7', 1, true))
    await settled(page)
    expect((await pixelsOf(rows(page))).countWhere(pink)).toBeGreaterThan(60)
    const before = await pixelsOf(page)
    await page.mouse.click(await xOf(page, 810), await levelY(page, 'main tid 7', 0, true))
    await settled(page)
    const after = await pixelsOf(page)
    const y = Math.round(await levelY(page, 'main tid 7', 0, true))
    const [from, to] = [Math.round(await xOf(page, 825)), Math.round(await xOf(page, 845))]
    expect(marked(before, y, from, to)).toEqual([])
    expect(marked(after, y, from, to).length).toBeGreaterThan(5)
  })

  test('dims what a search did not find', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const at = async (ms: number): Promise<Colour> =>
      (await pixelsOf(page)).at(
        Math.round(await xOf(page, ms)),
        Math.round(await levelY(page, 'main tid 7', 0, true)) + 6,
      )
    const [boot, serving] = [await at(95), await at(590)]
    await page.evaluate(() => {
      const sites = Uint8Array.from(window.trace.sites, ({ name }) => Number(name === 'serve'))
      window.timeline.highlight([{ trace: 0, sites }])
    })
    await settled(page)
    expect(await at(590)).toEqual(serving)
    expect(await at(95)).not.toEqual(boot)
    await page.evaluate(() => window.timeline.highlight(undefined))
    await settled(page)
    expect(await at(95)).toEqual(boot)
  })

  test('is dark in the dark theme', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await page.evaluate(() => (window.timeline.theme = 'dark'))
    await settled(page)
    const pixels = await pixelsOf(page)
    const light = pixels.countWhere(([red, green, blue]) => red + green + blue > 600)
    expect(light / (pixels.width * pixels.height)).toBeLessThan(0.02)
  })

  test('is as fine as the screen', async ({ open, serve }) => {
    const page = await open(`${await serve({ '/': await html })}/`, { deviceScaleFactor: 2 })
    await expect.poll(() => page.title()).toBe('shown')
    await settled(page)
    const [width, shownWidth] = await rows(page).evaluate((canvas: HTMLCanvasElement) => [
      canvas.width,
      canvas.clientWidth,
    ])
    expect(width).toBe(2 * shownWidth)
    const pixels = await pixelsOf(page)
    const x = Math.round(2 * (await xOf(page, 750)))
    const y = Math.round(2 * (await levelY(page, 'main tid 7', 0, true)))
    expect(marked(pixels, y, x - 20, x + 20)).toHaveLength(1)
    await page.mouse.click(await xOf(page, 250), await levelY(page, 'main tid 7', 1, true))
    await expect.poll(() => status(page).textContent()).toMatch(/^parse, /)
  })

  test('gives what is seen as PNG and as SVG', async ({ open, serve, show }) => {
    const page = await shown(open, serve)
    const [type, size] = await page.evaluate(async () => {
      const blob = await window.timeline.png()
      const image = await createImageBitmap(blob)
      return [blob.type, [image.width, image.height]] as const
    })
    expect(type).toBe('image/png')
    expect(size[1]).toBe(720)
    const svg = await page.evaluate(() => window.timeline.svg())
    const drawn = await show(`<!doctype html><body style="margin:0">${svg}`)
    await drawn.locator('text', { hasText: 'compress' }).waitFor()
    expect(await drawn.locator('img').count()).toBe(0)
    const pixels = await pixelsOf(drawn)
    // Without the minimap, which the SVG leaves out.
    const y = Math.round((await levelY(page, 'pool tid 9')) - 36) + 6
    expect(isWhite(pixels.at(Math.round(await xOf(page, 290)), y))).toBe(false)
    expect(isWhite(pixels.at(Math.round(await xOf(page, 400)), y))).toBe(true)
  })
})
