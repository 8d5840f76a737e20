import { TraceBuilder, type Trace } from '@tracer/core'
import { expect, test } from '../lib/viewer.js'

/** A program whose function `fill` is stopped by two collections, with a turn of its event loop and its heap. */
function collectedTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const site = (kind: 'function' | 'turn' | 'collection' | 'async-span', name: string, file = ''): number =>
    builder.addSite({ kind, name, file, line: file === '' ? 0 : 1, column: file === '' ? 0 : 1 })
  builder.addSlice(thread, site('function', 'fill', '/app/a.js'), 0, 50e6)
  builder.addAsyncSlice(thread, site('async-span', 'job'), 0, 60e6)
  const track = 'Garbage collection'
  builder.addAsyncSlice(thread, site('collection', 'minor collection'), 10e6, 12e6, undefined, false, track)
  const args = '{"forced":true,"usedBytesBefore":9060112,"usedBytesAfter":7554808}'
  builder.addAsyncSlice(thread, site('collection', 'major collection'), 20e6, 30e6, args, false, track)
  builder.addAsyncSlice(thread, site('turn', 'Event loop'), 0, 50e6)
  builder.addSample(thread, 'used heap', 'MB', 20e6, 9.060112)
  builder.addSample(thread, 'used heap', 'MB', 30e6, 7.554808)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, originNs: 0 })
}

test('garbage collections have a row of their own, between the event loop and what the thread does besides', async ({
  view,
}) => {
  const page = await view({ 'a.pftrace': collectedTrace() })
  const rows = page.getByRole('tree', { name: 'Tracks' }).getByRole('treeitem')
  const labels = (): Promise<(string | null)[]> =>
    rows.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')))
  await expect
    .poll(labels)
    .toEqual(['app pid 1', 'main tid 1', 'Event loop', 'Garbage collection', 'job', 'used heap · MB'])
})

test('a collection that is selected says its kind, who asked for it and what it freed', async ({ view }) => {
  const trace = collectedTrace()
  const track = trace.tracks.findIndex((each) => each.kind === 'async' && each.name === 'Garbage collection')
  const page = await view({ 'a.pftrace': trace }, { hash: `tab=selection&slice=${track}.1` })
  const panel = page.getByRole('region', { name: 'Selection' })
  await expect.poll(() => panel.getByRole('heading', { level: 2 }).textContent()).toBe('major collection')
  const text = (await panel.textContent()) ?? ''
  expect(text).toContain('garbage collection')
  expect(text).toContain('20,000,000 ns, 10,000,000 ns long')
  expect(text).toMatch(/forced\W*true/)
  expect(text).toContain('9060112')
  expect(text).not.toContain('Called by')
  await expect
    .poll(() => page.getByRole('status').allTextContents())
    .toContainEqual(
      expect.stringMatching(/^major collection, 10(\.0+)? ms from 20(\.0+)? ms, in Garbage collection, thread main/),
    )
})
