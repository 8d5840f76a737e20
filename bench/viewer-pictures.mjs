// The pictures of the README: `node bench/viewer-pictures.mjs`, after `npm run build`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from './lib/browser.mjs'
import { serveViewer } from './lib/viewer-site.mjs'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'apps/viewer/docs')

const folder = mkdtempSync(join(tmpdir(), 'tracer-pictures-'))
const browser = await launchBrowser()
try {
  const program = join(ROOT, 'bench/programs/handlebars.mjs')
  for (const name of ['before.pftrace', 'after.pftrace']) {
    const cli = join(ROOT, 'apps/cli/bin/tracer.js')
    execFileSync(process.execPath, [cli, '--packages', 'all', '-o', join(folder, name), program], { stdio: 'ignore' })
  }
  const origin = await serveViewer(folder)
  await picture('overview', `${origin}/?file=after.pftrace#tab=functions`, { width: 1280, height: 800 }, 'light', false)
  await picture('dark', `${origin}/?file=after.pftrace#tab=flamegraph`, { width: 1600, height: 900 }, 'dark', true)
  await picture(
    'compare',
    `${origin}/?file=before.pftrace&file=after.pftrace#tab=compare&compare=1`,
    { width: 1280, height: 800 },
    'light',
    false,
  )
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
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
