import { TraceBuilder, type Trace } from '@tracer/core'
import type { Page } from 'playwright-core'
import { expect, rowsOf, test } from '../lib/viewer.js'

const MS = 1e6

/** A trace of one thread, and what builds it. */
function traceOf(fill: (builder: TraceBuilder, thread: number, site: (name: string) => number) => void): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'odd', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const site = (name: string): number => builder.addSite({ kind: 'function', name, file: '/a.js', line: 1, column: 1 })
  fill(builder, thread, site)
  return builder.build({ producer: 'test', clock: 'monotonic', originEpochMs: 0, originNs: 0 })
}

/** Every tab shows something, and the page still answers. */
async function useEverything(page: Page): Promise<void> {
  for (const name of ['Selection', 'Functions', 'Flamegraph', 'Callers', 'Async tree', 'Source', 'Info']) {
    await page.getByRole('tab', { name }).click()
    await page.getByRole('tabpanel', { name }).locator('section').waitFor()
  }
  await page.getByRole('searchbox', { name: /^Search/ }).fill('a')
  await page.getByRole('button', { name: 'Just my code' }).click()
  await page.getByRole('tab', { name: 'Functions' }).click()
}

test('an empty trace says that it holds nothing', async ({ view }) => {
  const empty = new TraceBuilder().build({ producer: 'test', clock: 'monotonic', originEpochMs: 0 })
  const page = await view({ 'a.pftrace': empty })
  await page.getByText('This trace holds no events').waitFor()
  await page.getByText('No function ran here.').waitFor()
  await useEverything(page)
})

test('an empty file says that it is empty', async ({ view }) => {
  const page = await view({ 'a.pftrace': '' }, { isLeftAlone: true })
  await page.getByText('The file is empty.').waitFor()
})

test('a single event of no length is there', async ({ view }) => {
  const page = await view({
    'a.pftrace': traceOf((builder, thread, site) => builder.addSlice(thread, site('one'), 5, 5)),
  })
  expect((await rowsOf(page, 'Functions')).map(([name]) => name)).toEqual(['one'])
  await page.getByRole('row', { name: /^one/ }).click()
  await useEverything(page)
})

test('5,000 levels are shown', async ({ view }) => {
  const page = await view({
    'a.pftrace': traceOf((builder, thread, site) => {
      const [deep, last] = [site('deep'), site('last')]
      for (let level = 0; level < 4999; level++) builder.addSlice(thread, deep, level, 20_000 - level)
      builder.addSlice(thread, last, 5000, 5001)
    }),
  })
  await page.getByRole('row', { name: /^last/ }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await page.getByRole('row', { name: /^1 ns/ }).click()
  await page.getByText('and 4,987 levels more above').waitFor()
  await useEverything(page)
})

test('slices that overlap have a row of their own', async ({ view }) => {
  const page = await view({
    'a.json': JSON.stringify({
      traceEvents: [
        { ph: 'X', name: 'early', ts: 0, dur: 100, pid: 1, tid: 1 },
        { ph: 'X', name: 'late', ts: 50, dur: 100, pid: 1, tid: 1 },
      ],
    }),
  })
  expect((await rowsOf(page, 'Functions')).map(([name]) => name).sort()).toEqual(['early', 'late'])
  await useEverything(page)
})

test('times that are no numbers, or below zero, leave the page usable', async ({ view }) => {
  const page = await view({
    'a.json':
      '{"traceEvents":[{"ph":"X","name":"good","ts":10,"dur":5,"pid":1,"tid":1},{"ph":"X","name":"odd","ts":NaN,"dur":1,"pid":1,"tid":1},' +
      '{"ph":"X","name":"long","ts":20,"dur":-3,"pid":1,"tid":1},{"ph":"X","name":"before","ts":-5,"dur":2,"pid":1,"tid":1},{"ph":"X","name":"text","ts":"x","dur":"y","pid":1,"tid":1}]}',
  })
  expect((await rowsOf(page, 'Functions')).map(([name]) => name)).toContain('good')
  await page.getByRole('img', { name: 'Not everything is here' }).waitFor()
  await useEverything(page)
})

test('names with HTML in them are names', async ({ view }) => {
  const evil = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'
  const page = await view({
    [`<b>a</b>.pftrace`]: traceOf((builder, thread, site) => {
      const slice = builder.addSlice(thread, site(evil), 0, MS)
      builder.setArgs(thread, slice, JSON.stringify({ [evil]: evil }))
      builder.addSource('/a.js', evil)
    }),
  })
  await page.getByRole('row', { name: /img src/ }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await page.getByRole('row', { name: /^1.00 ms/ }).click()
  await useEverything(page)
  expect(await page.title()).not.toContain('owned')
  expect(await page.locator('img, b').count()).toBe(0)
})

test('a name of a megabyte is cut, and everything works', async ({ view }) => {
  const page = await view({
    'a.pftrace': traceOf((builder, thread, site) => builder.addSlice(thread, site('long '.repeat(200_000)), 0, MS)),
  })
  const [[name]] = await rowsOf(page, 'Functions')
  expect(name.length).toBeLessThan(400)
  await page.getByRole('row', { name: /^long/ }).click()
  await useEverything(page)
})

test('20,000 tracks can be looked through', async ({ view }) => {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'many', commandLine: [] })
  const site = builder.addSite({ kind: 'function', name: 'work', file: '/a.js', line: 1, column: 1 })
  for (let tid = 1; tid <= 20_000; tid++) {
    builder.addSlice(builder.addThread({ process, tid, name: `thread ${tid}` }), site, tid, tid + 50)
  }
  const page = await view({ 'a.pftrace': builder.build({ producer: 'test', clock: 'monotonic', originEpochMs: 0 }) })
  await page.getByRole('searchbox', { name: 'Filter tracks by name' }).fill('thread 19999')
  await page.getByRole('treeitem', { name: /thread 19999/ }).waitFor()
  await useEverything(page)
})
