import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf } from '../lib/pixels.js'
import { expect, rowsOf, test } from '../lib/viewer.js'

const FILES = { 'before.pftrace': demoTrace(2), 'after.pftrace': demoTrace(5) }

test('two files have two timelines and a table of what became of each function', async ({ view }) => {
  const page = await view(FILES)
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect.poll(() => page.getByRole('application', { name: 'Timeline' }).count()).toBe(2)
  await page.getByRole('region', { name: 'Before: before.pftrace' }).waitFor()
  await page.getByRole('region', { name: 'After: after.pftrace' }).waitFor()
  await page.getByRole('tab', { name: 'Compare' }).click()
  const rows = await rowsOf(page, 'Compared functions')
  const parse = rows.find(([name]) => name === 'parse')
  expect(parse).toEqual([
    'parse',
    'index.js:7',
    '',
    '2',
    '5',
    '+3',
    '3.00 ms',
    '15.0 ms',
    '+12.0 ms',
    '3.00 ms',
    '15.0 ms',
    '+12.0 ms',
  ])
  await page.getByRole('checkbox', { name: 'Only where calls differ' }).check()
  await expect.poll(async () => (await rowsOf(page, 'Compared functions')).length).toBe(1)
})

test('the differential flamegraph shows what became of each path', async ({ view }) => {
  const page = await view(FILES, { hash: 'tab=compare&compare=1' })
  await page.getByRole('button', { name: 'Flamegraph', exact: true }).click()
  const graph = page.getByRole('tree', { name: 'Differential flamegraph' })
  await graph.waitFor()
  await expect.poll(async () => (await pixelsOf(graph)).colours().length).toBeGreaterThan(3)
  await graph.focus()
  await page.keyboard.press('ArrowDown')

  await expect.poll(() => graph.getByRole('treeitem', { name: /^main/, selected: true }).count()).toBe(1)
  const after = await pixelsOf(graph)
  await page.getByRole('group', { name: 'Widths of' }).getByRole('button', { name: 'Before' }).click()
  await expect.poll(async () => (await pixelsOf(graph)).difference(after)).toBeGreaterThan(100)
})

test('both timelines move together until they are told not to', async ({ view }) => {
  const page = await view(FILES, { hash: 'compare=1' })
  const [before, after] = ['Before: before.pftrace', 'After: after.pftrace'].map((name) =>
    page.getByRole('region', { name }).getByRole('application'),
  )
  const still = await pixelsOf(after)
  await before.focus()
  await page.keyboard.press('w')
  await expect.poll(async () => (await pixelsOf(after)).difference(still)).toBeGreaterThan(100)
  await page.getByRole('checkbox', { name: 'Move together' }).uncheck()
  const apart = await pixelsOf(after)
  await before.focus()
  await page.keyboard.press('w')
  await page.keyboard.press('w')
  await expect.poll(async () => (await pixelsOf(after)).difference(apart)).toBeLessThan(50)
})
