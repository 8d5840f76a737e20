import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, TRACER } from '../lib/traced-run.mjs'

const PROGRAMS = join(import.meta.dirname, '..', 'programs')
const SERVER = join(PROGRAMS, 'http-server.mjs')
const LOAD = join(PROGRAMS, 'http-load.mjs')

export const isolates =
  'a server with a router and JSON: 20,000 requests over 16 connections from a process that is not traced'

const PER_MAIN_SECOND = 'requests a second of the main thread'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'HTTP server under load: requests a second, of the bare server’s',
    measurement: PER_MAIN_SECOND,
    variant: 'traced / bare',
    unit: '%',
    atLeast: 0.95,
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-http-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  return {
    bare: () => serve([SERVER]),
    traced: () => serve([TRACER, '--quiet', '-o', join(folder, 'trace.json'), SERVER]),
  }
}

/** @param {readonly string[]} args */
async function serve(args) {
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(server, 'exit')
  const [port] = await Promise.race([once(server.stdout, 'data'), ended])
  const { requests, before, after } =
    /** @type {{ requests: number, before: import('../lib/usage.mjs').Usage, after: import('../lib/usage.mjs').Usage }} */ (
      JSON.parse(runNode([LOAD, String(port).trim()]).stdout)
    )
  const [code] = await ended
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}.`)
  return {
    [PER_MAIN_SECOND]: (requests * 1000) / (after.mainMs - before.mainMs),
    'requests a second of all threads': (requests * 1000) / (after.processMs - before.processMs),
    'requests a second': (requests * 1000) / (after.wallMs - before.wallMs),
  }
}
