import { TraceBuilder, type Trace } from '@tracer/core'
import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf, type Colour, type Pixels } from '../lib/pixels.js'
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

test('a function that has moved stands with its line before and after', async ({ view }) => {
  const files = { 'before.pftrace': demoTrace(2), 'after.pftrace': demoTrace(2, 12) }
  const page = await view(files, { hash: 'tab=compare&compare=1' })
  const places = (await rowsOf(page, 'Compared functions')).map(([name, place]) => `${name} ${place}`)
  expect(places).toContain('parse index.js:7 → 12')
  expect(places).toContain('load demo.js:7')
  await page.getByRole('button', { name: 'Flamegraph', exact: true }).click()
  const graph = page.getByRole('tree', { name: 'Differential flamegraph' })
  await expect.poll(async () => (await pixelsOf(graph)).colours().length).toBeGreaterThan(3)
  await page.getByRole('list', { name: 'Widths after' }).getByText('more self time').waitFor()
  const box = await graph.boundingBox()
  const said = page.getByText('node_modules/lib/index.js:7 → 12')
  for (let y = 10; y < 60 && (await said.count()) === 0; y += 10) {
    for (let x = 10; x < 1270 && (await said.count()) === 0; x += 20) {
      await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y)
    }
  }
  expect(await said.isVisible()).toBe(true)
})

test('both timelines have one scale, a function one colour, and the table room for all of it', async ({ view }) => {
  const files = { 'before.pftrace': runOf(100), 'after.pftrace': runOf(50) }
  const page = await view(files, { hash: 'tab=compare&compare=1' })
  const [before, after] = await Promise.all(
    ['Before: before.pftrace', 'After: after.pftrace'].map(async (name) =>
      pixelsOf(page.getByRole('region', { name }).getByRole('application')),
    ),
  )
  // Below the line of the process, beside the names.
  const at = (pixels: Pixels, share: number): Colour => pixels.at(Math.round(pixels.width * share), 40)
  expect(at(before, 0.3)).toEqual(at(after, 0.3))
  expect(at(before, 0.8)).toEqual(at(before, 0.3))
  expect(at(after, 0.8)).toEqual([255, 255, 255, 255])
  const last = await page.getByRole('columnheader', { name: 'Change' }).last().boundingBox()
  expect((last?.x ?? Infinity) + (last?.width ?? 0)).toBeLessThanOrEqual(1280)
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

/** One call of some milliseconds; of another package each, so that packages would be coloured differently. */
function runOf(ms: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'run', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const run = builder.addSite({ kind: 'function', name: 'run', file: '/app/run.js', line: 1, column: 1 })
  const other = builder.addSite({
    kind: 'function',
    name: 'other',
    file: `/app/node_modules/${ms}/a.js`,
    line: 1,
    column: 1,
  })
  builder.addSlice(thread, run, 0, ms * 1e6)
  builder.addSlice(thread, other, 0, ms * 8e5)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, originNs: 0 })
}
