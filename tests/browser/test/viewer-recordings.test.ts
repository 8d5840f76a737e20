import { TraceBuilder, type Trace } from '@tracer/core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pixelsOf } from '../lib/pixels.js'
import { expect, pointAt, rowsOf, test } from '../lib/viewer.js'

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@tracer/serializer-json/package.json'))

test('a recording of VizTracer shows what a call was given and what it gave back', async ({ view }) => {
  const file = await readFile(join(PACKAGE, 'test/fixtures/viztracer/custom.json'))
  const page = await view({ 'custom.json': file })
  await page.getByRole('searchbox', { name: 'Filter functions' }).fill('_ModuleLockManager.__init__')
  await page
    .getByRole('row', { name: /__init__/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await page.getByRole('grid', { name: 'Calls of the same function' }).locator('.table-row').first().click()
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'Arguments' }).waitFor()
  const facts = await panel.innerText()
  expect(facts).toMatch(/Arguments\s+self\s+\S.*\s+name\s+'[\w.]+'/)
  expect(facts).toMatch(/Return value\s+return_value\s+None/)
  expect(facts).not.toContain('func_args')
})

/** A thread that computes for 40 ms, collects garbage for 10 of them, and turns twice. */
function turningTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const site = (kind: 'function' | 'turn' | 'collection', name: string): number =>
    builder.addSite({ kind, name, file: kind === 'function' ? '/app/a.js' : '', line: 1, column: 1 })
  builder.addSlice(thread, site('function', 'compute'), 0, 40e6)
  const turn = site('turn', 'Event loop')
  builder.addAsyncSlice(thread, turn, 0, 40e6)
  builder.addAsyncSlice(thread, turn, 60e6, 100e6)
  builder.addAsyncSlice(thread, site('collection', 'Scavenge'), 10e6, 20e6, undefined, false, 'GC')
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, originNs: 0 })
}

test('turns of the event loop and collections of garbage have rows, and are no calls', async ({ view }) => {
  const page = await view({ 'a.pftrace': turningTrace() })
  await page.getByRole('treeitem', { name: /^Event loop/ }).waitFor()
  await page.getByRole('treeitem', { name: /^GC/ }).waitFor()
  expect((await rowsOf(page, 'Functions')).map(([name]) => name)).toEqual(['compute'])
  const { x, y } = await pointAt(page, 'Scavenge', 0.15)
  const surface = page.getByRole('application', { name: 'Timeline' })
  const box = await surface.boundingBox()
  const pixels = await pixelsOf(surface)
  const at = (share: number) => pixels.at(Math.round(share * pixels.width), Math.round(y - (box?.y ?? 0)))
  expect(at(0.15)).not.toEqual([255, 255, 255, 255])
  expect(at(0.43)).toEqual([255, 255, 255, 255])
  await page.mouse.click(x, y)
  await page.getByRole('tab', { name: 'Selection' }).click()
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'This garbage collection' }).waitFor()
  expect(await panel.innerText()).toMatch(/Duration\s+10.0 ms/)
  expect(await panel.innerText()).toContain('The only collection')
})
