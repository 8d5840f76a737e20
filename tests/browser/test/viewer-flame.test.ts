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
