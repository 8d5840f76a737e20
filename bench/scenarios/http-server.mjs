import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, TRACER } from '../lib/traced-run.mjs'

const PROGRAMS = join(import.meta.dirname, '..', 'programs')
export const SERVER = join(PROGRAMS, 'http-server.mjs')
const LOAD = join(PROGRAMS, 'http-load.mjs')

export const isolates =
  'a server with a router and JSON: its first 20,000 requests after 3,000 to start with, and 40,000 more once it is warm, over 16 connections from a process that is not traced'

export const PER_MAIN_SECOND = 'requests a second of the main thread'
export const PER_WARM_MAIN_SECOND = `${PER_MAIN_SECOND}, warm`

/** @typedef {import('../lib/usage.mjs').Usage} Usage */
/** @typedef {{ requests: number, before: Usage, after: Usage }} Answered */

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'HTTP server under load: requests a second, of the bare server’s',
    measurement: PER_WARM_MAIN_SECOND,
    variant: 'traced / bare',
    unit: '%',
    atLeast: 0.95,
  },
  {
    text: 'the same, of its first 20,000 requests',
    measurement: PER_MAIN_SECOND,
    variant: 'traced / bare',
    unit: '%',
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
export async function serve(args) {
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(server, 'exit')
  const [port] = await Promise.race([once(server.stdout, 'data'), ended])
  const { first, warm } = /** @type {{ first: Answered, warm: Answered }} */ (
    JSON.parse(runNode([LOAD, String(port).trim()]).stdout)
  )
  const [code] = await ended
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}.`)
  return {
    [PER_MAIN_SECOND]: rate(first, 'mainMs'),
    'requests a second of all threads': rate(first, 'processMs'),
    'requests a second': rate(first, 'wallMs'),
    [PER_WARM_MAIN_SECOND]: rate(warm, 'mainMs'),
    'requests a second of all threads, warm': rate(warm, 'processMs'),
    'requests a second, warm': rate(warm, 'wallMs'),
  }
}

/** @type {(answered: Answered, time: 'mainMs' | 'processMs' | 'wallMs') => number} */
function rate({ requests, before, after }, time) {
  return (requests * 1000) / (after[time] - before[time])
}
