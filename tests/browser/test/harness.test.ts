import { fileURLToPath } from 'node:url'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { scriptPage } from '../lib/script.js'

const CANVAS = `<!doctype html><title>Canvas</title><body style="margin:0">
  <canvas width="100" height="40" role="img" aria-label="A red bar"></canvas>
  <button>Paint it blue</button>
  <script>
    const pen = document.querySelector('canvas').getContext('2d')
    const paint = (colour) => { pen.fillStyle = colour; pen.fillRect(10, 10, 50, 20) }
    paint('#ff0000')
    document.querySelector('button').onclick = () => paint('#0000ff')
  </script>`

test('a page draws what can be counted by pixel', async ({ show }) => {
  const page = await show(CANVAS)
  const canvas = page.locator('canvas')
  const before = await pixelsOf(canvas)
  expect([before.width, before.height]).toEqual([100, 40])
  expect(before.count([255, 0, 0, 255])).toBe(50 * 20)
  expect(before.at(10, 10)).toEqual([255, 0, 0, 255])
  expect(before.at(9, 10)).toEqual([255, 255, 255, 255])

  await page.getByRole('button', { name: 'Paint it blue' }).click()
  const after = await pixelsOf(canvas)
  expect(after.colours()).toEqual(['#ffffff', '#0000ff'])
  expect(after.difference(before)).toBe(50 * 20)
})

test('a page is read as a screen reader does', async ({ show }) => {
  const page = await show(CANVAS)
  expect(await page.locator('body').ariaSnapshot()).toBe('- img "A red bar"\n- button "Paint it blue"')
})

test('what a page complains about is kept for the test', async ({ show, watch }) => {
  const page = await show('<script>console.error("one"); throw new Error("two")</script>')
  const complaints: string[] = []
  await expect.poll(() => complaints.push(...watch.take(page))).toBe(2)
  expect(complaints.find((text) => text.startsWith('console.error: one '))).toBeDefined()
  expect(complaints.find((text) => text.startsWith('threw: Error: two'))).toBeDefined()
})

test('a page that asks another machine is caught', async ({ show, watch }) => {
  const page = await show('<img src="http://example.invalid/a.png" alt="A">')
  const complaints: string[] = []
  await expect.poll(() => complaints.push(...watch.take(page))).toBe(2)
  expect(complaints).toContain('asked another machine: http://example.invalid/a.png')
  expect(watch.requests(page)).toContain('http://example.invalid/a.png')
})

test('a page runs TypeScript that imports packages of the workspace', async ({ show }) => {
  const page = await show(await scriptPage(new URL('pages/strings.ts', import.meta.url)))
  await expect.poll(() => page.title()).toBe('2 strings')
})

test('a folder is served as it is', async ({ open, serve }) => {
  const origin = await serve(fileURLToPath(new URL('fixtures/folder', import.meta.url)))
  const page = await open(`${origin}/`)
  expect(await page.getByRole('heading').textContent()).toBe('A page in a folder')
})
