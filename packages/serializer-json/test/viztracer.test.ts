import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { read, sliceCount, write } from './support/traces.js'

/** Files that VizTracer 1.1.1 wrote on CPython 3.11, and what each of them holds. */
function file(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`fixtures/viztracer/${name}`, import.meta.url))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

const counts = (trace: Trace) => ({
  processes: trace.processes.length,
  threads: trace.threads.length,
  slices: sliceCount(trace),
  instants: trace.tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.instants.length : 0), 0),
  counters: trace.tracks.filter((track) => track.kind === 'counter').length,
  depth:
    Math.max(...trace.tracks.flatMap((track) => (track.kind === 'thread' ? Array.from(track.slices.depth) : [0]))) + 1,
})

describe('a file of VizTracer', () => {
  it.each([
    ['threads.json', { processes: 1, threads: 5, slices: 973, instants: 0, counters: 0, depth: 9 }, []],
    ['multiprocess.json.gz', { processes: 4, threads: 7, slices: 24_762, instants: 0, counters: 0, depth: 27 }, []],
    ['async.json', { processes: 1, threads: 22, slices: 2462, instants: 0, counters: 0, depth: 20 }, []],
    [
      'custom.json',
      { processes: 1, threads: 1, slices: 396, instants: 24, counters: 4, depth: 43 },
      ['Object events (ph N, O, D) were skipped: 7.'],
    ],
    [
      'overflow.json',
      { processes: 1, threads: 3, slices: 500, instants: 0, counters: 0, depth: 9 },
      ["VizTracer's buffer was too small for the run: its earliest events are missing."],
    ],
  ])('%s is read whole', async (name, expected, warnings) => {
    const { trace, warnings: found } = await read(file(name), 10_000)
    expect(counts(trace)).toEqual(expected)
    expect(found).toEqual(warnings)
  })

  it.each(['threads.json', 'multiprocess.json.gz', 'async.json', 'custom.json', 'overflow.json'])(
    '%s holds as many slices as it has complete events',
    async (name) => {
      const { traceEvents }: { traceEvents: { ph: string }[] } = JSON.parse(Buffer.from(file(name)).toString('utf8'))
      const { trace } = await read(file(name))
      expect(sliceCount(trace)).toBe(traceEvents.filter(({ ph }) => ph === 'X').length)
    },
  )

  it.each(['threads.json', 'multiprocess.json.gz', 'async.json', 'custom.json', 'overflow.json'])(
    '%s is written and read again without a difference',
    async (name) => {
      const { trace } = await read(file(name))
      const text = write(trace)
      const { trace: back, warnings } = await read(text)
      expect(back).toEqual(trace)
      expect(write(back)).toBe(text)
      expect(warnings).toEqual([])
    },
  )

  it.each([
    ['threads.json', '/srv/app/threads.py', 18],
    ['async.json', '/srv/app/aio.py', 13],
    ['multiprocess.json.gz', '/srv/app/mp.py', 12],
    ['custom.json', '/srv/app/custom.py', 18],
    ['overflow.json', '/srv/app/threads.py', 18],
  ])('%s holds the source of %s', async (name, path, lines) => {
    const { trace } = await read(file(name), 5000)
    expect([...trace.sources].map(([path, text]) => [path, text.split('\n').length - 1])).toEqual([[path, lines]])
    expect(trace.sites.some((site) => site.file === path)).toBe(true)
  })

  it('names its functions, their files and lines', async () => {
    const { trace } = await read(file('threads.json'))
    expect(trace.sites).toContainEqual({
      kind: 'function',
      name: 'load',
      file: '/srv/app/threads.py',
      line: 4,
      column: 0,
    })
    expect(trace.sites).toContainEqual({ kind: 'function', name: 'builtins.sum', file: '', line: 0, column: 0 })
  })

  it('names its threads and itself, and knows the time of day', async () => {
    const { trace } = await read(file('threads.json'))
    expect(trace.threads.map(({ name }) => name)).toEqual([
      'MainThread',
      'worker-0',
      'worker-1',
      'worker-2',
      'worker-3',
    ])
    expect(trace.metadata).toMatchObject({ producer: 'viztracer 1.1.1', clock: 'monotonic' })
    expect(new Date(trace.metadata.originEpochMs).getUTCFullYear()).toBe(2026)
  })

  it('keeps arguments in the characters they were written in', async () => {
    const { trace } = await read(file('custom.json'), 100)
    const [track] = trace.tracks
    const args = track.kind === 'thread' ? [...track.slices.args.values()] : []
    expect(args.some((text) => /[^ -~]|\\u[0-9a-f]{4}/.test(text))).toBe(true)
    for (const text of args) expect(JSON.parse(text)).toBeTypeOf('object')
  })
})
