import { html } from '@tracer/serializer-html'
import { protobuf } from '@tracer/serializer-protobuf'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Download } from 'playwright-core'
import { demoTrace } from '../lib/demo-trace.js'
import { Pixels } from '../lib/pixels.js'
import { bytesOf, expect, rowsOf, singlePage, test } from '../lib/viewer.js'

test('the selected range is saved as a smaller trace', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'range=4000000_20000000' })
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^Selected range/ }).click()
  const file = await saved
  expect(file.suggestedFilename()).toBe('a-part.pftrace')
  const { trace } = (await protobuf().deserialize?.([await contentOf(file)])) ?? { trace: undefined }
  const names = trace?.tracks.flatMap((track) =>
    track.kind === 'thread' ? Array.from(track.slices.site, (site) => trace.sites[site].name) : [],
  )
  expect(names).toEqual(['main', 'load'])
})

test('the timeline is saved as a picture, by pixels and by lines', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  for (const [item, name, start] of [
    ['Timeline as PNG', 'a-timeline.png', '\x89PNG'],
    ['Timeline as SVG', 'a-timeline.svg', '<svg'],
  ]) {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe(name)
    expect((await contentOf(file)).toString('latin1').slice(0, 400)).toContain(start)
  }
})

test('the flamegraph that is shown is saved as a picture, by pixels and by lines', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=functions' })
  await page.getByRole('button', { name: 'Export' }).click()
  expect(await page.getByRole('menuitem', { name: /^Flamegraph as SVG/ }).isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Flamegraph' }).click()
  await page.getByRole('tree', { name: 'Flamegraph' }).waitFor()
  for (const [item, name, part] of [
    ['Flamegraph as PNG', 'a-flamegraph.png', '\x89PNG'],
    ['Flamegraph as SVG', 'a-flamegraph.svg', '>parse<'],
  ]) {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe(name)
    const content = await contentOf(file)
    expect(content.toString('latin1')).toContain(part)
    if (name.endsWith('.png')) expect(new Pixels(content).colours().length).toBeGreaterThan(3)
  }
})

test('Perfetto gets the trace by message when it says that it is there', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.context().route('https://ui.perfetto.dev/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<title>waiting</title><script>
        addEventListener('message', ({ data, source, origin }) => {
          if (data === 'PING') source.postMessage('PONG', origin)
          else document.title = data.perfetto.title + ' ' + data.perfetto.buffer.byteLength
        })</script>`,
    }),
  )
  const popup = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^Open in Perfetto/ }).click()
  await expect.poll(async () => (await popup).title()).toMatch(/^a.pftrace [1-9]\d+$/)
})

test('nothing is asked of another machine before a person asks for it', async ({ view, watch }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  expect(watch.requests(page).every((address) => new URL(address).origin === new URL(page.url()).origin)).toBe(true)
})

test('the page that holds its trace shows it from a disk, with no request', async ({ open, watch }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tracer-page-'))
  try {
    const blocks = Buffer.from(await bytesOf(demoTrace(), html()))
      .toString()
      .match(/<script type="application\/vnd[^]*?<\/script>\n/g)
    const page = (await singlePage()).replace('<!--tracer:data-->', () => blocks?.join('') ?? '')
    const file = join(folder, 'trace.html')
    await writeFile(file, page)
    const shown = await open(pathToFileURL(file).href)
    expect((await rowsOf(shown, 'Functions')).map(([name]) => name)).toEqual(['main', 'job', 'load', 'parse'])
    await shown.getByRole('tab', { name: 'Flamegraph' }).click()
    await shown.getByRole('tree', { name: 'Flamegraph' }).waitFor()
    const asked = watch.requests(shown).filter((address) => !/^(?:blob|data):/.test(address))
    expect(asked).toEqual([pathToFileURL(file).href])
    const { trace } = (await html().deserialize?.([await readFile(file)])) ?? { trace: undefined }
    expect(trace?.threads.length).toBe(2)
  } finally {
    await rm(folder, { recursive: true })
  }
})

async function contentOf(file: Download): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tracer-saved-'))
  try {
    await file.saveAs(join(folder, 'file'))
    return await readFile(join(folder, 'file'))
  } finally {
    await rm(folder, { recursive: true })
  }
}
