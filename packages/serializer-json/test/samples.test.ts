import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { json } from '../src/index.js'
import { format, read, sliceCount, write } from './support/traces.js'

/**
 * Sample files of other projects, which this repository may not contain. Where they lie beside it
 * they are read; elsewhere the report says that this suite was not run.
 */
const SAMPLES = new URL('../../../../shared/fixtures/', import.meta.url)

const names = (folder: string): string[] =>
  existsSync(new URL(folder, SAMPLES)) ? readdirSync(new URL(folder, SAMPLES)) : []

const bytesOf = (folder: string, name: string): Uint8Array => {
  const bytes = readFileSync(new URL(`${folder}${name}`, SAMPLES))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

const isThere = names('trace-event/').length > 0

describe.skipIf(!isThere)('samples of other projects (not run where they are not beside the repository)', () => {
  it.each(names('trace-event/'))('%s is recognized, read, and survives a round trip', async (name) => {
    const bytes = bytesOf('trace-event/', name)
    expect(json().detect?.(bytes.subarray(0, 4096))).toBe(true)
    const { trace } = await read(bytes, 1000)
    const text = write(trace)
    const { trace: back, warnings } = await read(text)
    expect(warnings).toEqual([])
    expect(back).toEqual(trace)
    expect(write(back)).toBe(text)
  })

  it.each([
    ['chrome65-timeline.json.gz', [6, 21, 2697, 259], ['(ph E, e)', 'arrows', 'Old async', 'Object events']],
    ['chrome70-worker.json.gz', [3, 20, 2178, 102], ['arrows', 'Object events', 'Old async', 'Samples (ph P)']],
    ['end-event-with-empty-stack.json', [1, 1, 1, 0], ['close nothing were skipped: 1']],
    ['invalid-x-nesting.json', [1, 1, 2, 0], ['partly overlap another one on their thread']],
    ['matching-x.json', [1, 1, 5, 0], []],
    ['mismatched-args.json', [1, 1, 1, 0], []],
    ['mismatched-name.json', [1, 1, 1, 0], ['close nothing were skipped: 1']],
    ['not-enough-end-events.json', [1, 1, 3, 0], []],
    ['only-begin-events.json', [1, 1, 3, 0], []],
    ['simple-object.json', [1, 1, 3, 0], []],
    ['simple-partial-trailing-comma.json', [1, 1, 4, 0], ['cut short at byte 420']],
    ['simple-partial.json', [1, 1, 4, 0], ['cut short at byte 419']],
    ['simple.json', [1, 1, 4, 0], []],
    ['too-many-end-events.json', [1, 1, 2, 0], ['close nothing were skipped: 2']],
  ])('%s holds so many processes, threads, slices and instants: %j', async (name, counts, expected) => {
    const { trace, warnings } = await read(bytesOf('trace-event/', name))
    const instants = trace.tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.instants.length : 0), 0)
    expect([trace.processes.length, trace.threads.length, sliceCount(trace), instants]).toEqual(counts)
    expect(warnings).toHaveLength(expected.length)
    for (const part of expected) expect(warnings.join(' ')).toContain(part)
  })

  it.each(names('cpuprofile/'))('%s is refused', async (name) => {
    const bytes = bytesOf('cpuprofile/', name)
    expect(json().detect?.(bytes.subarray(0, 4096))).toBe(false)
    await expect(read(bytes)).rejects.toThrow('no traceEvents')
  })

  it.each([
    [
      'simple.json',
      '  alpha @0+14000\n    beta @1000+12000\n      gamma @2000+5000 {"detail":"foobar"}\n      epsilon @7000+4000',
    ],
    [
      'matching-x.json',
      '  alpha @0+10000\n    beta @1000+1000\n      gamma @1000+1000\n    gamma @5000+1000\n      beta @5000+1000',
    ],
    ['mismatched-args.json', '  A @0+10000 {"x":2}'],
    ['mismatched-name.json', '  alpha @0+0 open'],
  ])('%s nests as it should', async (name, lines) => {
    const text = format((await read(bytesOf('trace-event/', name))).trace)
    expect(text.replace(/ \{"detail": "foobar"\}/, ' {"detail":"foobar"}')).toBe(`thread 0/0\n${lines}`)
  })
})

describe.runIf(!isThere)('samples of other projects', () => {
  it.skip('were not read: they are not beside the repository', () => {})
})
