// The pictures of the viewer's README, of a recording and of two to compare, all in one folder, after `npm run build`:
// `node bench/viewer-pictures.mjs trace.pftrace before.pftrace after.pftrace`.
import { basename, dirname, join, resolve } from 'node:path'
import { launchBrowser } from './lib/browser.mjs'
import { serveViewer } from './lib/viewer-site.mjs'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'apps/viewer/docs')

const files = process.argv.slice(2)
if (files.length !== 3) throw new Error('Which traces? node bench/viewer-pictures.mjs trace before after')
const browser = await launchBrowser()
try {
  const origin = await serveViewer(dirname(resolve(files[0])))
  const [trace, before, after] = files.map((file) => `file=${encodeURIComponent(basename(file))}`)
  const address = `${origin}/?${trace}`
  await picture('overview', `${address}#tab=functions`, { width: 1280, height: 800 }, 'light', false)
  const compared = `${origin}/?${before}&${after}#tab=compare&compare=1`
  await picture('compare', compared, { width: 1600, height: 900 }, 'light', false)
  await picture('dark', `${address}#tab=flamegraph`, { width: 1600, height: 900 }, 'dark', true)
} finally {
  await browser.close()
}

/**
 * @param {string} name
 * @param {string} address
 * @param {{ width: number, height: number }} viewport
 * @param {'light' | 'dark'} colorScheme
 * @param {boolean} isBeside
 */
async function picture(name, address, viewport, colorScheme, isBeside) {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
  await page.goto(address)
  await page.getByRole('tablist', { name: 'Panels' }).waitFor()
  await page.getByRole('region', { name: 'Files being opened' }).waitFor({ state: 'detached' })
  if (isBeside) await page.keyboard.press('p')
  // Graphs draw themselves some frames later.
  await page.waitForTimeout(1000)
  await page.screenshot({ path: join(OUT, `${name}.png`) })
  await page.close()
}
