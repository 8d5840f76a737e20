import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TRACER } from '../lib/traced-run.mjs'
import { PER_MAIN_SECOND, PER_WARM_MAIN_SECOND, serve, SERVER } from './http-server.mjs'

export const isolates = 'what --async adds to a traced server: the requests of the scenario http-server'

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'HTTP server traced with `--async`: requests a second, of those without',
    measurement: PER_WARM_MAIN_SECOND,
    variant: 'async / traced',
    unit: '%',
    atLeast: 0.97,
  },
  {
    text: 'the same, of its first 20,000 requests',
    measurement: PER_MAIN_SECOND,
    variant: 'async / traced',
    unit: '%',
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-async-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const run = (/** @type {string[]} */ ...options) =>
    serve([TRACER, '--quiet', '-o', join(folder, 'trace.pftrace'), ...options, SERVER])
  return { traced: () => run(), async: () => run('--async') }
}
