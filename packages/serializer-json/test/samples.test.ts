import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { json } from '../src/index.js'
import { format, read, write } from './support/traces.js'

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
