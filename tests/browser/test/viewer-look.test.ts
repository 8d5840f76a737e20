import type { Page } from 'playwright-core'
import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf } from '../lib/pixels.js'
import { expect, pointAt, rowsOf, test } from '../lib/viewer.js'

test('the function table sorts by its headings and filters by what is typed', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const names = async (): Promise<(string | undefined)[]> => (await rowsOf(page, 'Functions')).map(([name]) => name)
  expect(await names()).toEqual(['main', 'job', 'load', 'parse'])
  await page.getByRole('button', { name: 'Calls' }).click()
  expect((await names())[0]).toBe('parse')
  await page.getByRole('button', { name: 'Function', exact: true }).click()
  expect(await names()).toEqual(['job', 'load', 'main', 'parse'])
  await page.getByRole('searchbox', { name: 'Filter functions' }).fill('worker.js')
  expect(await names()).toEqual(['job'])
})

test('a click on a call shows its arguments, return value, times, caller and position', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=selection' })
  const { x, y } = await pointAt(page, 'load', 0.15)
  await page.mouse.click(x, y)
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'load' }).waitFor()
  const text = await panel.innerText()
  expect(text).toContain('/app/demo.js:7:1')
  expect(text).toMatch(/Duration\s+20.0 ms/)
  expect(text).toMatch(/path\s+\/etc\/<b>data<\/b>/)
  expect(text).toMatch(/Return value\s+return\s+\[1,2,3\]/)
  await panel.getByRole('button', { name: 'main', exact: true }).click()
  await panel.getByRole('heading', { name: 'main' }).waitFor()
})

test('the calls of a function are listed, the slowest first, and lead to their places', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('row', { name: /^parse/ }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  expect((await rowsOf(page, 'Calls of the same function')).map(([time]) => time)).toEqual([
    '4.00 ms',
    '3.00 ms',
    '2.00 ms',
    '1.00 ms',
  ])
  await page.getByRole('row', { name: /^2.00 ms/ }).click()
  await expect.poll(() => page.getByText('40,000,000 ns, 2,000,000 ns long').count()).toBe(1)
})

test('arrows lead from a call to its effect and back to its cause', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('row', { name: /^job/ }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await page.getByRole('row', { name: /^40.0 ms/ }).click()
  await page.getByRole('button', { name: 'Go to cause' }).click()
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'load' }).waitFor()
  await page.getByRole('button', { name: 'Go to effect' }).click()
  await panel.getByRole('heading', { name: 'job' }).waitFor()
})

test('a dragged range has a function table, a flamegraph and threads of its own', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const surface = page.getByRole('application', { name: 'Timeline' })
  const box = await surface.boundingBox()
  if (box === null) throw new Error('There is no timeline.')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + box.width * 0.02, box.y + box.height - 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height - 20, { steps: 5 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await page.getByText(/^Range of 18/).waitFor()
  expect((await rowsOf(page, 'Functions')).map(([name]) => name).sort()).toEqual(['load', 'main'])
  await page.getByRole('tab', { name: 'Selection' }).click()
  expect((await rowsOf(page, 'Threads within the range')).map(([name]) => name)).toEqual(['main 10'])
  await page.getByRole('tab', { name: 'Flamegraph' }).click()
  expect(await calledBy(page, 'main')).toEqual(['load'])
  await page.getByRole('button', { name: 'Give up the range' }).click()
  await expect.poll(() => page.getByRole('treeitem', { name: /^job/ }).count()).toBe(1)
  expect(await calledBy(page, 'main')).toEqual(['load', 'parse'])
})

test('a search says how much it finds, dims the rest and goes from match to match', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=selection' })
  const surface = page.getByRole('application', { name: 'Timeline' })
  const before = await pixelsOf(surface)
  await page.getByRole('searchbox', { name: /^Search/ }).fill('pars')
  await expect.poll(() => page.getByLabel('Matches').textContent()).toBe('4 in 1 function')
  await expect.poll(async () => (await pixelsOf(surface)).difference(before)).toBeGreaterThan(1000)
  const shown = page.getByText(/ns long$/)
  await page.getByRole('button', { name: 'Next match' }).click()
  await expect.poll(() => shown.textContent()).toContain('30,000,000 ns')
  await page.getByRole('button', { name: 'Next match' }).click()
  await expect.poll(() => shown.textContent()).toContain('40,000,000 ns')
  await page.getByRole('button', { name: 'Match before' }).click()
  await page.getByRole('button', { name: 'Match before' }).click()
  await expect.poll(() => shown.textContent()).toContain('60,000,000 ns')
})

test('a search takes regular expressions, files and packages, and says what is wrong with one', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const field = page.getByRole('searchbox', { name: /^Search/ })
  const found = page.getByLabel('Matches')
  await field.fill('file:worker')
  await expect.poll(() => found.textContent()).toBe('1 in 1 function')
  await field.fill('package:lib')
  await expect.poll(() => found.textContent()).toBe('4 in 1 function')
  await page.getByRole('button', { name: 'Regular expression' }).click()
  await field.fill('^(load|job)$')
  await expect.poll(() => found.textContent()).toBe('2 in 2 functions')
  await field.fill('(')
  await expect.poll(() => found.textContent()).toContain('Invalid regular expression')
})

test('just my code folds packages into their callers', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('button', { name: 'Just my code' }).click()
  await expect
    .poll(async () => (await rowsOf(page, 'Functions')).map(([name]) => name))
    .toEqual(['main', 'job', 'load'])
  await page.getByRole('button', { name: 'Just my code' }).click()
  await expect.poll(async () => (await rowsOf(page, 'Functions')).length).toBe(4)
})

test('the source stands beside what its functions cost', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('row', { name: /^load/ }).click()
  await page.getByRole('tab', { name: 'Source' }).click()
  const lines = page.locator('.source-line')
  await expect.poll(() => lines.nth(6).innerText()).toMatch(/20.0 ms\s+1\s+7\s+function load\(\) \{/)
  const editor = page.getByRole('link', { name: 'Open in editor' })
  expect(await editor.getAttribute('href')).toBe('vscode://file/app/demo.js:7:1')
})

test('a source that is not there is said to be so', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('row', { name: /^job/ }).click()
  await page.getByRole('tab', { name: 'Source' }).click()
  await page.getByText('The trace does not hold the text of this file.').waitFor()
  // And what would bring it.
  await page.getByText('tracer view --source').waitFor()
})

test('the async tree shows what set what going', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=async' })
  const tree = page.getByRole('treegrid', { name: 'Async tree' })
  await tree.getByRole('row', { name: /^main/ }).waitFor()
  await expect.poll(() => tree.getByRole('row', { name: /job/ }).count()).toBe(1)
  expect(await tree.getByRole('row', { name: /job/ }).getAttribute('aria-level')).toBe('2')
})

test('light and dark change what is drawn, everywhere', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=flamegraph' })
  const light = (await pixelsOf(page)).colours()[0]
  await page.getByRole('button', { name: 'Use dark colours' }).click()
  const dark = page.getByRole('button', { name: 'Use light colours' })
  await dark.waitFor()
  await expect
    .poll(async () => (await pixelsOf(page)).countWhere(([red, green, blue]) => red + green + blue > 740))
    .toBeLessThan(2000)
  expect((await pixelsOf(page)).colours()[0]).not.toBe(light)
  await dark.click()
  await expect.poll(async () => (await pixelsOf(page)).colours()[0]).toBe(light)
})

test('the panels go beside the timeline, and the line between them moves', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const panels = page.getByRole('region', { name: 'Panels' })
  const below = await panels.boundingBox()
  const line = page.getByRole('separator', { name: 'Size of the panels' })
  await line.focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await panels.boundingBox())?.height ?? 0).toBeGreaterThan(below?.height ?? Infinity)
  await page.getByRole('button', { name: 'Put the panels beside the timeline' }).click()
  await expect.poll(async () => (await panels.boundingBox())?.x ?? 0).toBeGreaterThan(100)
})

/** What the flamegraph tells below its widest root. */
async function calledBy(page: Page, root: string): Promise<string[]> {
  const graph = page.getByRole('tree', { name: 'Flamegraph' })
  await expect.poll(async () => (await pixelsOf(graph)).colours().length).toBeGreaterThan(3)
  await graph.focus()
  await page.keyboard.press('ArrowDown')
  await graph.getByRole('treeitem', { name: new RegExp(`^${root}`), selected: true }).waitFor()
  const labels = await graph
    .locator('[aria-level="2"]')
    .evaluateAll((items) => items.map((item) => item.textContent ?? ''))
  return labels.map((label) => label.split(',')[0])
}
