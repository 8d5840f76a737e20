// The pictures of the viewer's README, of a recording: `node bench/viewer-pictures.mjs trace.pftrace`, after `npm run build`.
import { basename, dirname, join, resolve } from 'node:path'
import { launchBrowser } from './lib/browser.mjs'
import { takePicture } from './lib/picture.mjs'
import { serveViewer } from './lib/viewer-site.mjs'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'apps/viewer/docs')

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Which trace? node bench/viewer-pictures.mjs trace.pftrace')
const browser = await launchBrowser()
try {
  const origin = await serveViewer(dirname(resolve(file)))
  const address = `${origin}/?file=${encodeURIComponent(basename(file))}`
  const path = (/** @type {string} */ name) => join(OUT, `${name}.png`)
  await takePicture(browser, path('overview'), `${address}#tab=functions`, { width: 1280, height: 800 }, 'light')
  const [large, flamegraph] = [{ width: 1600, height: 900 }, `${address}#tab=flamegraph`]
  await takePicture(browser, path('dark'), flamegraph, large, 'dark', (page) => page.keyboard.press('p'))
} finally {
  await browser.close()
}
