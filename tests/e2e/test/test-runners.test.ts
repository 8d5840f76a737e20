import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compare } from './comparison.js'
import { HOOK_LANES, NODE_LANES } from './nodes.js'
import { countByName } from './slices.js'
import { environmentOf, TRACER, type TraceEvent } from './tracer.js'

const cwd = fileURLToPath(new URL('./fixtures/node-test/', import.meta.url))
const REPORTERS = ['spec', 'stdout', 'tap', 'stderr'].map(
  (value, position) => `--test-reporter${position % 2 === 0 ? '' : '-destination'}=${value}`,
)
const DURATIONS = /(?<=duration_ms:? )[\d.]+|[\d.]+(?=ms)/g
// Where Node.js 20 says that its mocks are experimental depends on when a file's stderr is read.
const env = { NODE_NO_WARNINGS: '1' }

describe.each(NODE_LANES)('$title', ({ path, title }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane('node --test reports the same, for people and as TAP', () => {
    const { bare, traced, calls } = compare(node, ['--test', ...REPORTERS], { cwd, env, varies: DURATIONS })
    expect(traced).toEqual(bare)
    expect(traced.stdout).toContain('from a test')
    expect(traced.stderr).toContain('not ok 3 - is wrong')
    expect(traced.exitCode).toBe(1)
    expect(calls).toMatchObject({ '(module) prices.cjs': 2, '(module) prices.test.mjs': 1, tax: 5, total: 2 })
  })

  // Came with Node 22, under another name.
  it.runIf(path !== undefined && path !== process.execPath)('node --test in one process reports the same', () => {
    const isolation = title === 'Node 22' ? '--experimental-test-isolation=none' : '--test-isolation=none'
    const { bare, traced, calls } = compare(node, ['--test', isolation], { cwd, env, varies: DURATIONS })
    expect(traced).toEqual(bare)
    expect(calls).toMatchObject({ '(module) prices.cjs': 1, tax: 5, total: 2 })
  })
})

describe.each(HOOK_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane('node --watch runs again after an edit, traced too, until it is interrupted', async () => {
    const bare = await watched(node, [])
    const traced = await watched(node, ['--exact', '--summary', 'none', '-o', 'trace.json', node])
    expect(traced.stdout).toBe(bare.stdout)
    expect(traced.end).toEqual(bare.end)
    expect(traced.stdout).toMatch(/first run[^]*second run/)
    expect(countByName(traced.slices)).toMatchObject({ first: 1, second: 1, '(module) main.cjs': 2 })
  })
})

/** Runs a program under `node --watch`, edits a file of it once it has run, and interrupts it once it has run again. */
async function watched(
  node: string,
  tracer: readonly string[],
): Promise<{ readonly stdout: string; readonly end: unknown; readonly slices: readonly TraceEvent[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-watch-'))
  const write = (run: string): void => {
    writeFileSync(join(folder, 'part.cjs'), `exports.${run} = function ${run}() { return '${run} run' }\n`)
  }
  try {
    write('first')
    writeFileSync(
      join(folder, 'main.cjs'),
      "for (const run of Object.values(require('./part.cjs'))) console.log(run())\nsetInterval(() => {}, 1000)\n",
    )
    const command = tracer.length === 0 ? [] : [TRACER, ...tracer]
    const child = spawn(node, [...command, '--watch', 'main.cjs'], { cwd: folder, env: environmentOf(node) })
    let seen = ''
    let again: NodeJS.Timeout | undefined
    child.stdout.on('data', (chunk) => {
      seen += String(chunk)
      if (again === undefined && seen.includes('first run')) {
        write('second')
        // An edit before Node.js watches the file goes unseen.
        again = setInterval(() => {
          write('second')
        }, 5000)
      }
      if (seen.includes('second run')) {
        clearInterval(again)
        child.kill('SIGINT')
      }
    })
    const [stdout, end] = await Promise.all([text(child.stdout), once(child, 'close')])
    const events =
      tracer.length === 0 ? [] : (JSON.parse(readFileSync(join(folder, 'trace.json'), 'utf8')) as TraceEvent[])
    return { stdout: stdout.replaceAll(folder, ''), end, slices: events.filter(({ ph }) => ph === 'X') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
