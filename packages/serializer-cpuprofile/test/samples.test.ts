import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cpuprofile } from '../src/index.js'
import { format, read, write } from './support/traces.js'

/**
 * Sample files of other projects, which this repository may not contain. Where they lie beside it
 * they are read; elsewhere the report says that this suite was not run.
 */
const SAMPLES = new URL('../../../../shared/fixtures/cpuprofile/', import.meta.url)
const names = existsSync(SAMPLES) ? readdirSync(SAMPLES) : []

describe.skipIf(names.length === 0)(
  'samples of other projects (not run where they are not beside the repository)',
  () => {
    it.each(names)('%s is recognized, read, and survives a round trip', async (name) => {
      const bytes = readFileSync(new URL(name, SAMPLES))
      expect(cpuprofile().detect?.(bytes.subarray(0, 4096))).toBe(true)
      const { trace, warnings } = await read(bytes.toString())
      expect(warnings).toEqual([])
      const text = write(trace)
      expect(format((await read(text)).trace)).toBe(format(trace))
      expect(write((await read(text)).trace)).toBe(text)
    })

    it.each([
      [
        'chrome65-simple.cpuprofile',
        `(anonymous) @11575000+36317000
  a @12635000+35257000
    b @12635000+17002000
      d @12635000+17002000
    c @29637000+18255000
      d @29637000+18255000`,
      ],
      [
        'node10-example.cpuprofile',
        `(anonymous) @0+45920000
  a @11575000+34345000
    b @11575000+16788000
      d @11575000+16788000
    c @28363000+17557000
      d @28363000+17557000`,
      ],
    ])('%s holds the calls that Chrome shows', async (name, expected) => {
      const { trace } = await read(readFileSync(new URL(name, SAMPLES)).toString())
      expect(format(trace)).toBe(expected)
    })
  },
)
