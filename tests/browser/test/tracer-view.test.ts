import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { TRACER, tracerView } from '../lib/tracer-view.js'

const PROGRAM = fileURLToPath(new URL('../../../examples/http-service/src/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tracer-view-'))

beforeAll(() => {
  const args = [TRACER, '--summary', 'none', '-o', 'service.pftrace', PROGRAM]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The example could not be recorded:\n${stderr}`)
  writeFileSync(join(folder, 'small.json'), '[{"ph":"X","name":"main","pid":1,"tid":1,"ts":0,"dur":2000}]')
  writeFileSync(join(folder, 'bad.json'), '{"traceEvents": 7}')
  writeFileSync(join(folder, '<img src=x onerror=alert(1)>.json'), '[]')
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('tracer view shows a recorded program, and the key has left the address', async ({ open, watch }) => {
  const view = await tracerView(['service.pftrace'], folder)
  const page = await open(view.address)
  await page.waitForURL(/\/\?file=service\.pftrace/)
  await page.getByText('service.pftrace').first().waitFor()
  await page.getByText('Library.search', { exact: false }).first().waitFor()
  expect(page.url()).not.toContain('token')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const origin = new URL(view.address).origin
  for (const address of watch.requests(page)) expect(new URL(address).origin).toBe(origin)

  await page.reload()
  await page.getByText('service.pftrace').first().waitFor()
  expect(await view.end()).toBe(0)
})

test('a recorded program is zoomed, searched, selected and read, within what the server allows its page', async ({
  open,
}) => {
  const view = await tracerView(['--source', dirname(PROGRAM), 'service.pftrace'], folder)
  const page = await open(view.address)
  const surface = page.getByRole('application', { name: 'Timeline' })
  await surface.waitFor()
  const whole = await pixelsOf(surface)
  expect(whole.colours().length).toBeGreaterThan(5)

  await surface.focus()
  for (let times = 0; times < 5; times += 1) await page.keyboard.press('w')
  await expect.poll(async () => (await pixelsOf(surface)).difference(whole)).toBeGreaterThan(1000)

  await page.getByRole('searchbox', { name: /^Search/ }).fill('renderPage')
  await expect.poll(() => page.getByLabel('Matches').textContent()).toMatch(/^[\d,]+ in \d/)
  await page.getByRole('button', { name: 'Next match' }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  const selection = page.getByRole('region', { name: 'Selection' })
  await selection.getByRole('heading', { name: 'renderPage' }).waitFor()
  expect(await selection.innerText()).toContain('page.ts:35')

  await page.getByRole('tab', { name: 'Source' }).click()
  await page.getByText('export function renderPage').first().waitFor()
  await page.getByRole('tab', { name: 'Flamegraph' }).click()
  const flames = page.getByRole('tabpanel').locator('canvas').first()
  await flames.waitFor()
  await expect.poll(async () => (await pixelsOf(flames)).colours().length).toBeGreaterThan(5)
  for (const tab of ['Callers', 'Async tree', 'Info']) await page.getByRole('tab', { name: tab }).click()
  await page.waitForURL(/tab=info/)

  await page.reload()
  await page.getByRole('tab', { name: 'Info', selected: true }).waitFor()
  await page.getByRole('region', { name: 'Files being opened' }).waitFor({ state: 'detached' })
  expect(await page.getByRole('searchbox', { name: /^Search/ }).inputValue()).toBe('renderPage')
  expect(await view.end()).toBe(0)
})

test('tracer view of a folder lists its traces, with their spans', async ({ open }) => {
  const view = await tracerView(['.'], folder)
  const page = await open(view.address)
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  await expect.poll(() => row('small.json').getByRole('cell').allTextContents()).toContain('2.00 ms')
  expect((await row('small.json').getByRole('cell').allTextContents()).at(3)).toBe('60 bytes')
  expect((await row('service.pftrace').getByRole('cell').allTextContents()).at(4)).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/,
  )
  await expect.poll(() => row('bad.json').getByRole('cell').nth(2).textContent()).toBe('–')
  expect(await page.getByRole('link').allTextContents()).toContain('<img src=x onerror=alert(1)>.json')

  await page.getByRole('link', { name: 'small.json' }).click()
  await page.waitForURL(/\/\?file=small\.json/)
  await page.getByText('small.json').first().waitFor()
  expect(await view.end()).toBe(0)
})

test('two traces of a folder that are ticked are opened together', async ({ open }) => {
  const view = await tracerView(['.'], folder)
  const page = await open(view.address)
  await page.getByRole('checkbox', { name: 'Choose small.json' }).check()
  await page.getByRole('checkbox', { name: 'Choose service.pftrace' }).check()
  await page.getByRole('button', { name: 'Open what is ticked' }).click()
  await page.waitForURL(/file=.*&file=/)
  await page.getByText('small.json').first().waitFor()
  await page.getByText('service.pftrace').first().waitFor()
  expect(await view.end()).toBe(0)
})

test('tracer view --once ends when a browser has loaded the page and the file', async ({ open }) => {
  const view = await tracerView(['--once', 'service.pftrace'], folder)
  const page = await open(view.address)
  expect(await view.ended).toBe(0)
  await page.getByText('Library.search', { exact: false }).first().waitFor()
})

test('a page of another server on this machine gets nothing, although the browser has the cookie', async ({
  open,
  serve,
  watch,
}) => {
  const view = await tracerView(['small.json'], folder)
  const page = await open(view.address)
  await page.waitForURL(/\/\?file=small\.json/)
  const { origin } = new URL(view.address)
  const evil = await serve({ '/': '<title>Evil</title>' })
  await page.goto(`${evil}/`)
  const got = await page.evaluate(async (from) => {
    const asked = async (path: string, mode: RequestMode): Promise<string> => {
      const answer = await fetch(from + path, { mode, credentials: 'include' }).catch(() => undefined)
      return answer === undefined ? 'nothing' : `${answer.type} ${answer.status}`
    }
    const frame = document.createElement('iframe')
    frame.src = `${from}/?file=small.json`
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await loaded
    let inFrame = 'unreadable'
    try {
      inFrame = frame.contentDocument?.title ?? 'unreadable'
    } catch {
      // As it should be.
    }
    return {
      cors: await asked('/files/small.json', 'cors'),
      blind: await asked('/files/small.json', 'no-cors'),
      inFrame,
    }
  }, origin)
  expect(got).toEqual({ cors: 'nothing', blind: 'nothing', inFrame: 'unreadable' })
  watch.take(page)
  expect(await view.end()).toBe(0)
})

test('a file that is still being written shows what is there, says so, and the rest after a reload', async ({
  open,
}) => {
  const whole = readFileSync(join(folder, 'service.pftrace'))
  const file = join(folder, 'growing.pftrace')
  writeFileSync(file, whole.subarray(0, whole.length * 0.7))
  const view = await tracerView(['growing.pftrace'], folder)
  const page = await open(view.address)
  const slices = async (): Promise<number> => {
    await page.getByRole('tab', { name: 'Info' }).click()
    const facts = await page.getByRole('region', { name: 'Info' }).innerText()
    return Number(/Slices\s+([\d,]+)/.exec(facts)?.[1].replaceAll(',', ''))
  }
  const part = await slices()
  expect(part).toBeGreaterThan(10)
  const cut = page.getByText('The file was cut short')
  await cut.waitFor()
  appendFileSync(file, whole.subarray(whole.length * 0.7))
  await page.reload()
  await expect.poll(slices).toBeGreaterThan(part)
  expect(await cut.count()).toBe(0)
  expect(await view.end()).toBe(0)
})

test('a tab that is closed while it loads ends nothing: the next one gets the file', async ({ open, browser }) => {
  const event = (ts: number): string => `{"ph":"X","name":"work","pid":1,"tid":1,"ts":${ts},"dur":1}`
  writeFileSync(join(folder, 'long.json'), `[${Array.from({ length: 300_000 }, (_, ts) => event(ts)).join(',')}]`)
  const view = await tracerView(['--once', 'long.json'], folder)
  const context = await browser.newContext()
  const closed = await context.newPage()
  const asked = closed.waitForRequest(/files\/long\.json/)
  const going = closed.goto(view.address).catch(() => undefined)
  await asked
  await context.close()
  await going
  const page = await open(view.address)
  await page.getByRole('row', { name: /^work .*300,000/ }).waitFor()
  expect(await view.ended).toBe(0)
})
