import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf } from '../lib/pixels.js'
import { expect, test } from '../lib/viewer.js'

test('a legend says what the colours of the flamegraph mean', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=flamegraph' })
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('file')
  const legend = page.getByRole('list', { name: 'Colour by file' })
  await expect.poll(async () => (await legend.getByRole('listitem').allTextContents()).join()).toMatch(/demo\.js .*%/)
  const swatch = await pixelsOf(legend.locator('i').first())
  const [meant] = swatch.colours()
  const graph = page.getByRole('tree', { name: 'Flamegraph' })
  await expect.poll(async () => (await pixelsOf(graph)).colours()).toContain(meant)
})

test('the callers of one function alone are shown when they are asked for', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=functions' })
  await page.getByRole('row', { name: /^parse/ }).click()
  await page.getByRole('tab', { name: 'Callers' }).click()
  const graph = page.getByRole('tree', { name: 'Flamegraph' })
  await expect.poll(() => graph.locator('[aria-level="1"]').count()).toBe(4)
  await page.getByRole('button', { name: 'Only parse' }).click()
  await expect.poll(() => graph.locator('[aria-level="1"]').count()).toBe(1)
  await page.getByRole('button', { name: 'All functions' }).click()
  await expect.poll(() => graph.locator('[aria-level="1"]').count()).toBe(4)
})

test('a file has the same colour in the timeline, in the flamegraph and among callers', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=flamegraph' })
  const colourOf = async (file: string): Promise<string | undefined> => {
    await page.getByRole('combobox', { name: 'Colours' }).selectOption('auto')
    const entry = page
      .getByRole('list', { name: /^Colour by/ })
      .getByRole('listitem')
      .filter({ hasText: file })
    return (await pixelsOf(entry.locator('i'))).colours()[0]
  }
  // Of all time most is in the program itself, of that of the range in its package.
  const [own, lib] = [await colourOf('demo.js'), await colourOf('index.js')]
  expect(own).not.toBe(lib)
  await page.goto(`${page.url().split('#')[0]}#tab=flamegraph&range=58000000_64000000`)
  await page.getByText(/^Range of/).waitFor()
  await expect.poll(() => colourOf('demo.js')).toBe(own)
  await expect.poll(() => colourOf('index.js')).toBe(lib)
  await page.getByRole('tab', { name: 'Callers' }).click()
  await expect.poll(() => colourOf('index.js')).toBe(lib)
  // The time is that of the functions at the top, not of those that called them.
  await page.getByRole('listitem').filter({ hasText: 'index.js 33.3%' }).waitFor()
  const timeline = await pixelsOf(page.getByRole('application', { name: 'Timeline' }))
  expect(timeline.colours()).toEqual(expect.arrayContaining([own]))
})

test('calls stand in the order of time when that is asked for, and upwards', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=flamegraph' })
  const graph = page.getByRole('tree', { name: 'Flamegraph' })
  const inMain = async (): Promise<string[]> => {
    const labels = await graph.locator('[aria-level="2"]').allTextContents()
    return labels.map((label) => label.split(',')[0])
  }
  await graph.focus()
  await page.keyboard.press('ArrowDown')
  // The dearest first: each has 10 ms and more.
  await expect.poll(inMain).toEqual(['load', 'parse'])
  const grouped = await pixelsOf(graph)
  await page.getByRole('button', { name: 'Upwards' }).click()
  await expect.poll(async () => (await pixelsOf(graph)).difference(grouped)).toBeGreaterThan(1000)
  await page.getByRole('button', { name: 'Downwards' }).click()
  await page.getByRole('button', { name: 'By time' }).click()
  await graph.getByRole('treeitem', { name: /^job/ }).waitFor()
  await expect.poll(async () => (await pixelsOf(graph)).colours().length).toBeGreaterThan(3)
})
