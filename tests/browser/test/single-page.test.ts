import { TraceBuilder, type Trace } from '@tracer/core'
import { html } from '@tracer/serializer-html'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { TRACER } from '../lib/tracer-view.js'

const PAGE = readFileSync(createRequire(import.meta.url).resolve('@tracer/viewer/page.html'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'tracer-page-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** One function that calls another, both of the names given. */
function traceOf(outer: string, inner: string): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: outer, commandLine: ['node', outer] })
  const thread = builder.addThread({ process, tid: 1, name: outer })
  const [caller, callee] = [outer, inner].map((name) =>
    builder.addSite({ kind: 'function', name, file: `/srv/${name}.js`, line: 1, column: 1 }),
  )
  builder.addSlice(thread, caller ?? 0, 0, 10_000_000)
  builder.addSlice(thread, callee ?? 0, 2_000_000, 6_000_000)
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 1_790_000_000_000 })
}

async function written(trace: Trace): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of html({ page: PAGE }).serialize(trace)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('the page of a run shows it from disk, and asks nobody for anything', async ({ open, watch }) => {
  writeFileSync(join(folder, 'app.js'), 'function work(n) { return n < 2 ? n : work(n - 1) + work(n - 2) }\nwork(12)\n')
  const run = spawnSync(process.execPath, [TRACER, '--exact', '-o', 'run.html', 'app.js'], { cwd: folder })
  expect(run.stderr.toString()).toContain('Open it  run.html in a browser')
  const page = await open(pathToFileURL(join(folder, 'run.html')).href)
  await page.getByText('app.js:1').first().waitFor()
  expect(await page.title()).toContain('app.js')
  expect(await page.locator('body').ariaSnapshot()).toMatch(/work .*465/)
  const elsewhere = watch.requests(page).filter((address) => !/^(file|blob|data):/.test(address))
  expect(elsewhere).toEqual([])
  expect(watch.requests(page).filter((address) => address.startsWith('file:'))).toHaveLength(1)

  const info = spawnSync(process.execPath, [TRACER, 'info', '--json', 'run.html'], { cwd: folder, encoding: 'utf8' })
  expect(JSON.parse(info.stdout)).toMatchObject({ format: 'HTML page', slices: 466, warnings: [] })
})

test('names that are markup stay names', async ({ show }) => {
  const name = '</title></script><img src=x onerror="document.title=\'broken\'">'
  const page = await show(await written(traceOf(name, `${name}2`)))
  await page.getByText(name, { exact: false }).first().waitFor()
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.title()).not.toBe('broken')
})

test('a page of ten million calls says that it is large while it loads', async ({ browser }) => {
  const whole = (await written(traceOf('outer', 'inner'))).replace(/(tracer-slices" content=")\d+/, '$110000000')
  const cut = whole.indexOf('<script type="application/vnd')
  let pending: ServerResponse | undefined
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.write(whole.slice(0, cut))
    pending = response
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const page = await (await browser.newContext()).newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'commit' })
  await page.getByText('This page is large, it holds 10,000,000 slices: loading').waitFor()
  pending?.end(whole.slice(cut))
  await page.getByText('outer.js:1').first().waitFor()
  expect(await page.getByText('This page is large').count()).toBe(0)
  await page.context().close()
  server.close()
})
