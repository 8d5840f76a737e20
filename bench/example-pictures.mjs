// The pictures of the README of examples/report-service, of a fresh recording: `node bench/example-pictures.mjs`, after
// `npm run build`.
import { protobuf } from '@tracer/serializer-protobuf'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from './lib/browser.mjs'
import { takePicture } from './lib/picture.mjs'
import { runCli } from './lib/traced-run.mjs'
import { serveViewer } from './lib/viewer-site.mjs'
/** @import { Trace } from '@tracer/core' */

const EXAMPLE = join(import.meta.dirname, '../examples/report-service')
const AROUND_NS = 2e6

const folder = mkdtempSync(join(tmpdir(), 'example-pictures-'))
const browser = await launchBrowser()
try {
  const file = join(folder, 'trace.pftrace')
  runCli(['--quiet', '--async', '--propagate', '-o', file, join(EXAMPLE, 'src/main.ts')])
  const read = await protobuf().deserialize?.(createReadStream(file))
  if (read === undefined) throw new Error('The recording cannot be read')
  const { trace } = read
  const origin = await serveViewer(folder)
  const address = `${origin}/?file=trace.pftrace`
  const path = (/** @type {string} */ name) => join(EXAMPLE, 'docs', `${name}.png`)

  const all = `${address}#tab=selection&view=${visitOf(trace).join('_')}`
  await takePicture(browser, path('overview'), all, { width: 1280, height: 1000 }, 'light', makeRoom)
  const one = `${address}#tab=selection&view=${forecastOf(trace).join('_')}`
  await takePicture(browser, path('forecast'), one, { width: 1280, height: 1000 }, 'light', async (page) => {
    await makeRoom(page)
    await page.keyboard.press('l')
  })
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

/** Leaves the panels little room. */
async function makeRoom(/** @type {import('playwright-core').Page} */ page) {
  await page.evaluate(() => localStorage.setItem('tracer.panels', '0.1'))
  await page.reload()
  await page.getByRole('treeitem').first().waitFor()
}

/** From the first request to the last. */
function visitOf(/** @type {Trace} */ trace) {
  const requests = trace.tracks.flatMap((track) => {
    const isRequest = track.kind === 'async' && [...track.slices.args.values()].some((args) => args.includes('spanId'))
    if (!isRequest) return []
    const { startNs, durationNs } = track.slices
    return Array.from(startNs, (start, i) => [start, start + durationNs[i]])
  })
  const [from, to] = [Math.min(...requests.map(([start]) => start)), Math.max(...requests.map(([, end]) => end))]
  return [from - (to - from) / 40, to + (to - from) / 40]
}

/** From the message to a worker to the one that comes back, of the shortest task: the others had to wait for a core. */
function forecastOf(/** @type {Trace} */ trace) {
  const tasks = trace.tracks.flatMap(({ kind, thread, ...track }) => {
    if (kind !== 'thread' || !trace.threads[thread].name.startsWith('forecaster') || !('slices' in track)) return []
    const { site, startNs, durationNs } = track.slices
    return Array.from(startNs, (start, i) => ({ name: trace.sites[site[i]].name, start, end: start + durationNs[i] }))
  })
  const forecasts = tasks.filter(({ name }) => name === 'forecast').sort((a, b) => a.end - a.start - (b.end - b.start))
  const [{ start, end }] = forecasts
  return [start - AROUND_NS, end + AROUND_NS]
}
