import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import type { Page } from 'playwright-core'
import { demoTrace } from '../lib/demo-trace.js'
import { bytesOf, expect, rowsOf, test } from '../lib/viewer.js'

/** From so many bytes on these pages take a file for large. */
const LARGE_BYTES = 1000

async function choose(page: Page, name: string, buffer: Uint8Array): Promise<void> {
  await page.evaluate((most) => {
    document.head.insertAdjacentHTML('beforeend', `<meta name="tracer-large-bytes" content="${most}">`)
  }, LARGE_BYTES)
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'choose files' }).click()
  await (await picker).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) })
  await page.getByText('Large file.').waitFor()
}

/** How often the page says that a function was called. */
async function callsOf(page: Page, name: string): Promise<number> {
  const row = (await rowsOf(page, 'Functions')).find(([first]) => first === name) ?? []
  return Number(row.at(4)?.replaceAll(',', ''))
}

const TRACE = demoTrace(60_000)

for (const [name, serializer] of [
  ['large.pftrace', protobuf()],
  ['large.json', json()],
] as const) {
  test(`of ${name} a part from the middle is read, and the page says so`, async ({ view }) => {
    const whole = await bytesOf(TRACE, serializer)
    const all = await callsOf(await view({ [name]: whole }), 'parse')
    const page = await view({})
    await choose(page, name, whole)
    await page.getByRole('spinbutton', { name: 'From, percent of the file' }).fill('30')
    await page.getByRole('spinbutton', { name: 'to, percent of the file' }).fill('80')
    await page.getByRole('button', { name: /^Read \d.* [kM]B/ }).click()
    const part = await callsOf(page, 'parse')
    expect(part).toBeGreaterThan(all * 0.1)
    expect(part).toBeLessThan(all * 0.6)
    await page.getByRole('tab', { name: 'Info' }).click()
    await page.getByText('Only a part of the file was read').waitFor()
  })
}

test('a large file is read as a whole when a person wants it', async ({ view }) => {
  const page = await view({})
  await choose(page, 'large.pftrace', await bytesOf(TRACE))
  await page.getByRole('button', { name: 'Read all of it' }).click()
  expect((await rowsOf(page, 'Functions')).map(([first]) => first)).toContain('parse')
})

test('a large file that cannot be read from its middle is offered from its beginning', async ({ view }) => {
  const page = await view({})
  await choose(page, 'large.cpuprofile', await bytesOf(TRACE, cpuprofile()))
  await page.getByText('cannot be read from its middle').waitFor()
  expect(await page.getByRole('spinbutton').count()).toBe(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('heading', { name: 'Open a trace' }).waitFor()
})

test('a large file of the server is offered too, and a part read though the server knows no ranges', async ({
  view,
}) => {
  const page = await view({ 'large.pftrace': await bytesOf(TRACE) }, { isLeftAlone: true, largeBytes: LARGE_BYTES })
  await page.getByText('Large file.').waitFor()
  await page.getByRole('spinbutton', { name: 'From, percent of the file' }).fill('40')
  await page.getByRole('spinbutton', { name: 'to, percent of the file' }).fill('90')
  await page.getByRole('button', { name: /^Read \d.* [kM]B/ }).click()
  expect((await rowsOf(page, 'Functions')).map(([first]) => first)).toContain('parse')
})
