// The pictures of the viewer's README, of a recording and of two to compare, all in one folder, after `npm run build`:
// `node bench/viewer-pictures.mjs trace.pftrace before.pftrace after.pftrace`.
import { basename, dirname, join, resolve } from 'node:path'
import { launchBrowser } from './lib/browser.mjs'
import { takePicture } from './lib/picture.mjs'
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
  const compared = `${origin}/?${before}&${after}#tab=compare&compare=1`
  const path = (/** @type {string} */ name) => join(OUT, `${name}.png`)
  await takePicture(browser, path('overview'), `${address}#tab=functions`, { width: 1280, height: 800 }, 'light')
  const [large, flamegraph] = [{ width: 1600, height: 900 }, `${address}#tab=flamegraph`]
  await takePicture(browser, path('compare'), compared, large, 'light')
  await takePicture(browser, path('dark'), flamegraph, large, 'dark', (page) => page.keyboard.press('p'))
} finally {
  await browser.close()
}
