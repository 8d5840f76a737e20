import { protobuf } from '@tracer/serializer-protobuf'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { launchBrowser } from '../lib/browser.mjs'
import { inventTrace } from '../lib/invented-trace.mjs'
import { SINGLE_PAGE, serveViewer } from '../lib/viewer-site.mjs'
import { viztracerJson } from '../lib/viztracer-json.mjs'

export const isolates =
  'opening a file in the viewer, from the address to the timeline, and looking at a range of it, in a headless browser without a graphics card'

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  figure('VizTracer JSON of 1,000,000 slices, to the timeline', 'ms to the timeline', 'viztracer 1 M', 3000),
  figure('`.pftrace` of 1,000,000 calls, to the timeline', 'ms to the timeline', 'pftrace 1 M', 1000),
  figure('`.pftrace` of 10,000,000 calls, to the timeline', 'ms to the timeline', 'pftrace 10 M', 8000),
  {
    text: 'the most memory of its process meanwhile',
    measurement: 'MB at most',
    variant: 'pftrace 10 M',
    unit: 'MB',
    atMost: 1200,
  },
  figure('function table of a dragged range of these', 'ms to the function table of a range', 'pftrace 10 M', 1000),
  figure('flamegraph of a dragged range of these', 'ms to the flamegraph of a range', 'pftrace 10 M', 1000),
  {
    text: 'the page itself, gzipped, without data',
    measurement: 'bytes of the page, gzipped',
    variant: 'pftrace 1 M',
    unit: 'bytes',
    atMost: 300_000,
  },
]

/** @type {string | undefined} */
let version

/** What the numbers depend on besides the machine. */
export function environment() {
  return { browser: `Chromium ${version}` }
}

/** @type {() => Promise<void>} */
let leave = () => Promise.resolve()

/** After the last turn. */
export const finish = () => leave()

/** @returns {Promise<Record<string, import('../lib/scenario.mjs').Variant>>} */
export async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'tracer-viewer-'))
  await write(join(folder, 'one.pftrace'), protobuf().serialize(inventTrace(1_000_000)))
  await write(join(folder, 'one.json'), viztracerJson(1_000_000))
  await write(join(folder, 'ten.pftrace'), protobuf().serialize(inventTrace(10_000_000)))
  const origin = await serveViewer(folder)
  const browser = await launchBrowser()
  version = browser.version()
  leave = async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  }
  const pageBytes = gzipSync(await readFile(SINGLE_PAGE), { level: 9 }).length
  /** @param {string} file */
  const opened = (file) => async () => ({
    ...(await look(browser, `${origin}/?file=${file}#tab=functions`)),
    'bytes of the page, gzipped': pageBytes,
  })
  return {
    'pftrace 1 M': opened('one.pftrace'),
    'viztracer 1 M': opened('one.json'),
    'pftrace 10 M': opened('ten.pftrace'),
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 */
async function look(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(watchForTimeline)
  await page.goto(address, { waitUntil: 'commit' })
  const surface = page.getByRole('application', { name: 'Timeline' })
  await surface.waitFor({ timeout: 120_000 })
  const shownMs = await page.evaluate(() => Reflect.get(window, 'shown'))
  const box = await surface.boundingBox()
  if (box === null) throw new Error('There is no timeline')
  /** From letting go of the mouse to what is drawn then. @param {number} from @param {number} to */
  const dragMs = async (from, to) => {
    const before = (await page.locator('.chip').allTextContents()).join()
    await page.keyboard.down('Shift')
    await page.mouse.move(box.x + box.width * from, box.y + box.height - 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * to, box.y + box.height - 20, { steps: 3 })
    await page.evaluate(listenForDrawing, before)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    return page.evaluate(() => Reflect.get(window, 'drawn'))
  }
  const tableMs = await dragMs(0.1, 0.9)
  await page.getByRole('tab', { name: 'Flamegraph' }).click()
  await page.getByRole('tree', { name: 'Flamegraph' }).waitFor()
  const graphMs = await dragMs(0.05, 0.85)
  const bytes = await mostBytes(browser)
  await page.close()
  return {
    'ms to the timeline': Number(shownMs),
    'ms to the function table of a range': Number(tableMs),
    'ms to the flamegraph of a range': Number(graphMs),
    'MB at most': bytes / 1e6,
  }
}

/** In the page: says when the first picture with slices in it is done, tables or not. */
function watchForTimeline() {
  const shown = new Promise((done) => {
    const look = () => {
      const rows = document.querySelector('.timeline > *')?.shadowRoot?.querySelector('canvas.rows')
      const canvas = rows instanceof HTMLCanvasElement ? rows.getContext('2d') : null
      // A column of a canvas that nobody has painted is of one colour.
      const column = canvas?.getImageData(canvas.canvas.width >> 1, 0, 1, canvas.canvas.height).data.buffer
      if (column === undefined || new Set(new Uint32Array(column)).size < 3) requestAnimationFrame(look)
      else setTimeout(() => done(performance.now()))
    }
    requestAnimationFrame(look)
  })
  Reflect.set(window, 'shown', shown)
}

/**
 * In the page: measures from the next release of the pointer until the range is another and what follows from it is drawn.
 *
 * @param {string} before
 */
function listenForDrawing(before) {
  const drawn = new Promise((done) => {
    const onRelease = () => {
      const start = performance.now()
      let frames = 0
      const look = () => {
        if ((document.querySelector('.chip')?.textContent ?? '') !== before) frames += 1
        // Components first, then what draws itself after them.
        if (frames < 4) requestAnimationFrame(look)
        else done(performance.now() - start)
      }
      requestAnimationFrame(look)
    }
    addEventListener('pointerup', onRelease, { capture: true, once: true })
  })
  Reflect.set(window, 'drawn', drawn)
}

/** The most memory that a page's process has had, as the system counts it. @param {import('playwright-core').Browser} browser */
async function mostBytes(browser) {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const texts = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => readFile(`/proc/${id}/status`, 'utf8').catch(() => '')),
  )
  return Math.max(0, ...texts.map((text) => Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024))
}

/** @param {string} file @param {Iterable<Uint8Array> | AsyncIterable<Uint8Array>} pieces */
async function write(file, pieces) {
  await pipeline(Readable.from(pieces), createWriteStream(file))
}

/**
 * @param {string} text
 * @param {string} measurement
 * @param {string} variant
 * @param {number} atMost
 * @returns {import('../lib/scenario.mjs').Figure}
 */
function figure(text, measurement, variant, atMost) {
  return { text, measurement, variant, unit: 'ms', atMost }
}
