import { build } from 'esbuild'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { browserAdvice, CHROMIUM_FLAGS, findChromium, isDebian } from '../../scripts/lib/chromium.mjs'

/** A headless browser; its version belongs to the result. */
export async function launchBrowser() {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(browserAdvice({ debian: isDebian() }))
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS], chromiumSandbox: process.getuid?.() !== 0 })
}

/**
 * A page that runs a script of `pages/`, bundled with what it imports.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} name of the script
 * @param {{ width: number, height: number }} viewport
 */
export async function openPage(browser, name, viewport) {
  const entry = fileURLToPath(new URL(`../pages/${name}.mjs`, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  const script = outputFiles[0].text
  const server = createServer(({ url }, response) => {
    const isScript = url === '/script.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : '<!doctype html><body><script type="module" src="/script.js"></script>')
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port for the page')
  const page = await browser.newPage({ viewport })
  await page.goto(`http://127.0.0.1:${address.port}/`)
  await page.waitForFunction(() => document.title === 'ready')
  server.close()
  return page
}
