import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { gzip } from '@tracer/serializer-gzip'
import { html } from '@tracer/serializer-html'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'
import { demoTrace } from '../lib/demo-trace.js'
import { bytesOf, expect, rowsOf, test } from '../lib/viewer.js'

for (const serializer of [protobuf(), json(), speedscope(), cpuprofile(), html(), collapsed(), gzip(json())]) {
  test(`a file of ${serializer.id} is known by its content and shown`, async ({ view }) => {
    const page = await view({ trace: await bytesOf(demoTrace(), serializer) })
    const names = (await rowsOf(page, 'Functions')).map(([name]) => name)
    expect(names).toContain('parse')
    expect(names).toContain('main')
  })
}

test('files that are dropped are opened, all of them', async ({ view }) => {
  const page = await view({})
  const base64 = Buffer.from(await bytesOf(demoTrace())).toString('base64')
  const files = await page.evaluateHandle((text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const transfer = new DataTransfer()
    for (const name of ['one.pftrace', 'two.pftrace']) transfer.items.add(new File([bytes], name))
    return transfer
  }, base64)
  await page.dispatchEvent('.page', 'dragover', { dataTransfer: files })
  await page.getByText('Drop to open').waitFor()
  await page.dispatchEvent('.page', 'drop', { dataTransfer: files })
  await page.getByRole('button', { name: 'two.pftrace', exact: true }).waitFor()
  await page.getByRole('button', { name: 'one.pftrace', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Close one.pftrace' }).click()
  expect(await page.getByRole('list', { name: 'Open files' }).getByRole('listitem').count()).toBe(1)
})

test('files are chosen with the picker', async ({ view }) => {
  const page = await view({})
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'choose files' }).click()
  await (
    await picker
  ).setFiles({
    name: 'a.pftrace',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(await bytesOf(demoTrace())),
  })
  await page.getByRole('tab', { name: 'Functions' }).waitFor()
})

test('a file on its way can be cancelled, and the page goes on', async ({ view, watch }) => {
  const page = await view({})
  await page.route('**/files/slow.pftrace', () => undefined)
  await page.goto(`${page.url()}?file=slow.pftrace`)
  await page.getByText('slow.pftrace').waitFor()
  expect(await page.getByRole('progressbar').count()).toBe(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('heading', { name: 'Open a trace' }).waitFor()
  expect(await page.getByRole('progressbar').count()).toBe(0)
  watch.take(page)
})

test('a file that is cut shows what is whole of it, and says so', async ({ view }) => {
  const whole = await bytesOf(demoTrace(2000))
  const page = await view({ 'cut.pftrace': whole.subarray(0, whole.length * 0.6) })
  expect((await rowsOf(page, 'Functions')).map(([name]) => name)).toContain('parse')
  await page.getByRole('img', { name: 'Not everything is here' }).waitFor()
  await page.getByRole('tab', { name: 'Info' }).click()
  await page.getByRole('heading', { name: 'Not everything is here' }).waitFor()
})

test('what is no trace is refused in words, and another file can be opened after it', async ({ view }) => {
  const page = await view({ 'a.txt': 'Dear diary' }, { isLeftAlone: true })
  const alert = page.getByRole('alert')
  await alert.waitFor()
  expect(await alert.textContent()).toContain('a.txt cannot be read.')
  expect(await alert.textContent()).toContain('What can be read: Perfetto trace')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('heading', { name: 'Open a trace' }).waitFor()
})

test('a tab may be closed while a file is read', async ({ view, browser }) => {
  const page = await view({ 'a.json': await bytesOf(demoTrace(100_000), json()) }, { isLeftAlone: true })
  await page.close()
  expect(browser.isConnected()).toBe(true)
})
