import { callTree, diffTrees } from '@tracer/call-tree'
import { flamegraphHtml, flamegraphSvg, type FlameContent, type HtmlOptions } from '@tracer/flamegraph'
import fc from 'fast-check'
import type { Locator, Page } from 'playwright-core'
import { describe } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { traceOfCalls, type DrawnCall } from '../lib/drawn-calls.js'
import { pixelsOf, type Colour } from '../lib/pixels.js'
import { scriptPage } from '../lib/script.js'

const CALLS: readonly DrawnCall[] = [
  ['main', 0, 100],
  ['parse', 0, 60],
  ['scan', 0, 20],
  ['scan', 20, 40],
  ['print', 60, 90],
]
const WHITE: Colour = [255, 255, 255, 255]
const DARK: Colour = [24, 27, 31, 255]
/** Height of a row, and a place in the middle of one, right of its name. */
const ROW = 20

function contentOf(calls: readonly DrawnCall[]): FlameContent {
  const trace = traceOfCalls(calls)
  return { tree: callTree(trace), sites: trace.sites }
}

function diffOf(before: readonly DrawnCall[], after: readonly DrawnCall[]): FlameContent {
  const [first, second] = [before, after].map((calls) => {
    const trace = traceOfCalls(calls)
    return { trace, tree: callTree(trace) }
  })
  return { diff: diffTrees(first, second) }
}

const pageOf = (calls: readonly DrawnCall[] = CALLS, options?: HtmlOptions): Promise<string> =>
  flamegraphHtml(contentOf(calls), options)

const canvasOf = (page: Page): Locator => page.locator('canvas')

/** The colour of the canvas at a share of its width, in a row from its top. */
async function colourAt(page: Page, share: number, row: number): Promise<Colour> {
  const pixels = await pixelsOf(canvasOf(page))
  return pixels.at(Math.round(share * (pixels.width - 1)), row * ROW + 14)
}

async function clickAt(page: Page, share: number, row: number): Promise<void> {
  const { width } = (await canvasOf(page).boundingBox()) ?? { width: 0 }
  await canvasOf(page).click({ position: { x: share * width, y: row * ROW + 10 } })
}

/** The frame that has the focus, as a screen reader tells it. */
const focused = (page: Page): Promise<string | null> =>
  page.locator('[role=treeitem][aria-selected=true]').getAttribute('aria-label')

const pathOf = (page: Page): Promise<string[]> => page.getByRole('navigation').getByRole('button').allTextContents()

describe('the page of a flamegraph', () => {
  test('draws frames as wide as their time, callers above', async ({ show }) => {
    const page = await show(await pageOf())
    await expect.poll(() => colourAt(page, 0.95, 0)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.55, 1)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.85, 1)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.95, 1)).toEqual(WHITE)
    expect(await colourAt(page, 0.35, 2)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.5, 2)).toEqual(WHITE)
    expect(await colourAt(page, 0.55, 1)).not.toEqual(await colourAt(page, 0.85, 1))
  })

  test('says what it holds and names what colours mean', async ({ show }) => {
    const page = await show(await pageOf(CALLS, { title: 'shop.ts' }))
    expect(await page.getByRole('heading').textContent()).toBe('shop.ts')
    await expect.poll(() => page.locator('#legend').textContent()).toContain('scan.ts 40.0%')
    expect(await page.locator('#facts').textContent()).toBe('100 ms in 5 calls on 4 paths')
  })

  test('zooms to the frame that is clicked, and back by its path', async ({ show }) => {
    const page = await show(await pageOf())
    await clickAt(page, 0.3, 1)
    await expect.poll(() => pathOf(page)).toEqual(['All', 'main', 'parse'])
    await expect.poll(() => colourAt(page, 0.95, 1)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.6, 2)).not.toEqual(WHITE)
    await page.getByRole('navigation').getByRole('button', { name: 'All' }).click()
    await expect.poll(() => colourAt(page, 0.95, 1)).toEqual(WHITE)
  })

  test('tells about the frame under the pointer', async ({ show }) => {
    const page = await show(await pageOf())
    await canvasOf(page).hover({ position: { x: 300, y: 50 } })
    await expect.poll(() => page.locator('.card').innerText()).toMatch(/scan\s+scan\.ts:3:1\s+Total\s+40\.0 ms, 40\.0%/)
    await page.locator('.card').getByText('20.0 ms').waitFor()
    await canvasOf(page).hover({ position: { x: 300, y: 300 } })
    await page.locator('.card').waitFor({ state: 'hidden' })
  })

  test('highlights what is searched, says its share, and shows all again', async ({ show }) => {
    const page = await show(await pageOf())
    await expect.poll(() => colourAt(page, 0.95, 0)).not.toEqual(WHITE)
    const before = await pixelsOf(canvasOf(page))
    await page.getByRole('searchbox').fill('SCAN')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('40.0% in 1 function')
    const faded = await pixelsOf(canvasOf(page))
    expect(faded.at(400, 2 * ROW + 14)).toEqual(before.at(400, 2 * ROW + 14))
    expect(faded.at(400, ROW + 14)).not.toEqual(before.at(400, ROW + 14))
    await page.getByRole('searchbox').fill('')
    await expect.poll(async () => (await pixelsOf(canvasOf(page))).difference(before)).toBe(0)
  })

  test('is used by keyboard alone, and tells where it is', async ({ show }) => {
    const page = await show(await pageOf())
    await page.getByRole('tree').focus()
    for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    expect(await focused(page)).toBe('parse, parse.ts:3:1. Total 60.0 ms, 60.0%. Self 20.0 ms, 20.0%. Calls 1')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toMatch(/^print/)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toMatch(/^scan.*Calls 2/)
    const item = page.locator('[role=treeitem][aria-selected=true]')
    expect(await item.getAttribute('aria-level')).toBe('3')
    expect(await page.getByRole('tree').getAttribute('aria-activedescendant')).toBe(await item.getAttribute('id'))
    await page.keyboard.press('Enter')
    expect(await pathOf(page)).toEqual(['All', 'main', 'parse', 'scan'])
    await page.keyboard.press('Escape')
    expect(await pathOf(page)).toEqual(['All', 'main', 'parse'])
    await page.keyboard.press('Home')
    expect(await pathOf(page)).toEqual(['All'])
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toMatch(/^parse/)
  })

  test('marks what is narrower than a pixel, and zooms into the mark', async ({ show }) => {
    const page = await show(await pageOf([...CALLS, ['tick', 95, 95.001]]))
    const isMarked = async (x: number): Promise<boolean> =>
      (await pixelsOf(canvasOf(page))).at(x, ROW + 14).join() !== WHITE.join()
    await expect.poll(() => isMarked(1152)).toBe(true)
    expect(await isMarked(1153)).toBe(false)
    await canvasOf(page).click({ position: { x: 1152, y: ROW + 10 } })
    await expect.poll(() => isMarked(8)).toBe(true)
    expect(await pathOf(page)).toEqual(['All', 'main'])
  })

  test('zooms to a frame that gets the focus and would be too narrow to see', async ({ show }) => {
    const page = await show(
      await pageOf([
        ['main', 0, 100],
        ['tick', 0, 0.001],
      ]),
    )
    await page.getByRole('tree').focus()
    for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    expect(await focused(page)).toMatch(/^tick/)
    expect(await pathOf(page)).toEqual(['All', 'main', 'tick'])
    await expect.poll(() => colourAt(page, 0.95, 1)).not.toEqual(WHITE)
  })

  test('is dark where the reader wants it so, and light when told', async ({ show }) => {
    const page = await show(await pageOf(), { colorScheme: 'dark' })
    await expect.poll(() => colourAt(page, 0.95, 1)).toEqual(DARK)
    await page.getByLabel('Theme').selectOption('Light')
    await expect.poll(() => colourAt(page, 0.95, 1)).toEqual(WHITE)
    expect((await pixelsOf(page)).at(3, 3)).toEqual(WHITE)
  })

  test('stands on its root as a flame', async ({ show }) => {
    const page = await show(await pageOf())
    await page.getByLabel('Direction').selectOption('Flame')
    await expect.poll(() => colourAt(page, 0.95, 0)).toEqual(WHITE)
    const pixels = await pixelsOf(canvasOf(page))
    expect(pixels.at(1200, pixels.height - 6)).not.toEqual(WHITE)
    expect(pixels.at(1240, pixels.height - 6 - ROW)).toEqual(WHITE)
  })

  test('fills a window of another size', async ({ show }) => {
    const page = await show(await pageOf())
    await page.setViewportSize({ width: 900, height: 500 })
    await expect.poll(async () => (await canvasOf(page).boundingBox())?.width).toBe(900)
    await expect.poll(() => colourAt(page, 0.85, 1)).not.toEqual(WHITE)
    expect(await colourAt(page, 0.95, 1)).toEqual(WHITE)
  })

  test('shows names as they are, whatever stands in them, and asks nobody', async ({ show, watch }) => {
    const name = `</script><img src="https://example.org/x.png" onerror="document.title='taken'"><b>"'&`
    const page = await show(await pageOf([[name, 0, 1]], { title: name }))
    await page.getByRole('tree').focus()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toContain(name)
    expect(await page.getByRole('heading').textContent()).toBe(name)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).not.toBe('taken')
    expect(watch.requests(page).filter((url) => url.startsWith('https:'))).toEqual([])
  })

  test('stays usable with 5,000 levels and a name of a megabyte', async ({ show }) => {
    const deep = Array.from({ length: 5000 }, (_, level): DrawnCall => [
      `f${level % 7}`,
      level / 1000,
      20 - level / 1000,
    ])
    const page = await show(await pageOf([['x'.repeat(1_000_000), 0, 21], ...deep]))
    await page.getByRole('tree').focus()
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toMatch(/^f3/)
    expect(await page.locator('[role=treeitem][aria-selected=true]').getAttribute('aria-level')).toBe('40')
    await page.keyboard.press('Enter')
    await expect.poll(() => pathOf(page).then((path) => path.length)).toBeGreaterThan(5)
    await page.keyboard.press('Home')
    await expect.poll(() => pathOf(page)).toEqual(['All'])
  })

  test.for<[string, readonly DrawnCall[], string]>([
    ['no calls', [], 'No calls were recorded here.'],
    ['one call that took no time', [['main', 5, 5]], 'main'],
  ])('is there for %s', async ([, calls, text], { show }) => {
    const page = await show(await pageOf(calls))
    await page.getByRole('tree').focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText(text).first().waitFor({ state: 'attached' })
  })
})

describe('the page of a diff', () => {
  const AFTER: readonly DrawnCall[] = [
    ['main', 0, 90],
    ['parse', 0, 80],
    ['print', 80, 85],
    ['check', 85, 90],
  ]

  test('colours more self time orange and less blue', async ({ show }) => {
    const page = await show(await flamegraphHtml(diffOf(CALLS, AFTER)))
    await expect.poll(() => colourAt(page, 0.8, 1)).toEqual([238, 143, 63, 255])
    const [red, , blue] = await colourAt(page, 0.92, 1)
    expect(blue).toBeGreaterThan(red)
  })

  test('lists the paths that are gone, and shows them at their former width', async ({ show }) => {
    const page = await show(await flamegraphHtml(diffOf(CALLS, AFTER)))
    await page.getByText('1 path gone, 40.0 ms before').click()
    await page.getByRole('button', { name: 'main › parse › scan' }).click()
    expect(await page.getByLabel('Width of frames').inputValue()).toBe('before')
    expect(await pathOf(page)).toEqual(['All', 'main', 'parse', 'scan'])
    expect(await focused(page)).toMatch(/^scan.*Path gone.*Calls 2 → 0/)
    // Stripes: more than one colour along the frame.
    const pixels = await pixelsOf(canvasOf(page))
    const along = Array.from({ length: 40 }, (_, x) => pixels.at(400 + x, 2 * ROW + 14).join())
    await expect.poll(() => new Set(along).size).toBeGreaterThan(3)
  })

  test('compares as if both had lasted equally long, or by call', async ({ show }) => {
    // Twice as long in all, and twice as often: nothing changed but the length.
    const twice = CALLS.flatMap(([name, from, to]): DrawnCall[] => [[name, from, to]])
    const longer = [...twice, ...CALLS.map(([name, from, to]): DrawnCall => [name, from + 100, to + 100])]
    const page = await show(await flamegraphHtml(diffOf(CALLS, longer)))
    await expect.poll(() => colourAt(page, 0.35, 2)).not.toEqual([230, 232, 234, 255])
    for (const change of ['Change, normalised', 'Change per call']) {
      await page.getByLabel('Colour of frames').selectOption(change)
      await expect.poll(() => colourAt(page, 0.35, 2)).toEqual([230, 232, 234, 255])
    }
  })
})

describe('a flamegraph in a page of someone else', () => {
  test('tells what is selected, zoomed to and under the pointer', async ({ show }) => {
    const page = await show(await scriptPage(new URL('pages/flamegraph.ts', import.meta.url)))
    await clickAt(page, 0.2, 1)
    await expect
      .poll(() => page.locator('pre').textContent())
      .toBe('zoomed to all\non parse\nselected parse\nzoomed to parse\n')
  })

  test('does what its methods say, until it is taken away', async ({ show }) => {
    const page = await show(await scriptPage(new URL('pages/flamegraph.ts', import.meta.url)))
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('button', { name: 'Zoom' }).click()
    await page.getByRole('button', { name: 'Select' }).click()
    await expect.poll(() => page.locator('pre').textContent()).toContain('found 0.4\nzoomed to parse\nselected scan\n')
    expect(await pathOf(page)).toEqual(['All', 'main', 'parse'])
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect.poll(() => colourAt(page, 0.9, 2)).toEqual(DARK)
    await page.getByRole('button', { name: 'Take away' }).click()
    expect(await page.getByRole('tree').count()).toBe(0)
  })
})

describe('an SVG flamegraph in a browser', () => {
  test('zooms by a click and shows all again', async ({ open, serve }) => {
    const origin = await serve({ '/a.svg': flamegraphSvg(contentOf(CALLS)) })
    const page = await open(`${origin}/a.svg`)
    const print = page.locator('g.f', { hasText: 'print' })
    const widthBefore = (await print.boundingBox())?.width ?? 0
    await print.click()
    await page.getByText('Show all').waitFor()
    expect((await print.boundingBox())?.width).toBeGreaterThan(3 * widthBefore)
    expect(await page.locator('g.f', { hasText: 'scan' }).isVisible()).toBe(false)
    await page.getByText('Show all').click()
    expect(Math.round((await print.boundingBox())?.width ?? 0)).toBe(Math.round(widthBefore))
  })

  test('highlights what is searched', async ({ open, serve }) => {
    const origin = await serve({ '/a.svg': flamegraphSvg(contentOf(CALLS)) })
    const page = await open(`${origin}/a.svg`)
    page.on('dialog', (dialog) => void dialog.accept('scan'))
    await page.getByText('Search').click()
    await expect.poll(() => page.locator('#note').textContent()).toBe('"scan": 1 frames, 40.0% of the width')
    expect(await page.locator('g.faded').count()).toBe(3)
  })

  test('is well-formed whatever names there are, and shows them', async ({ show }) => {
    const letters = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '&', ']]>', '\ud800', '\u0000', '"', "'", '\n') }),
    )
    const names = [...new Set(['<![CDATA[', '&amp;', '\uffff', ...fc.sample(letters, 300)])]
    const svg = flamegraphSvg(contentOf(names.map((name, index): DrawnCall => [name, index, index + 1])))
    const page = await show('<!doctype html><title>Test</title>')
    const { errors, titles } = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
      const titles = [...parsed.querySelectorAll('g.f > title')].map((title) => title.textContent ?? '')
      return { errors: parsed.querySelectorAll('parsererror').length, titles }
    }, svg)
    expect(errors).toBe(0)
    expect(titles).toHaveLength(names.length)
    for (const name of names.filter((name) => /^[ -~]+$/.test(name))) {
      expect(titles.some((title) => title.startsWith(`${name}\n`))).toBe(true)
    }
  })

  test('follows the theme of the reader', async ({ open, serve }) => {
    const origin = await serve({ '/a.svg': flamegraphSvg(contentOf(CALLS)) })
    expect((await pixelsOf(await open(`${origin}/a.svg`))).at(5, 5)).toEqual(WHITE)
    expect((await pixelsOf(await open(`${origin}/a.svg`, { colorScheme: 'dark' }))).at(5, 5)).toEqual(DARK)
  })
})
