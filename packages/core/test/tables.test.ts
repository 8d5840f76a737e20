import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SiteTable, StringTable, siteKey, type Site } from '../src/index.js'

const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '\n', '1'), maxLength: 4 })
const place = fc.integer({ min: 0, max: 2 })
const sites = fc.array(
  fc.record<Site>({
    kind: fc.constantFrom('function', 'span'),
    name: text,
    file: text,
    line: place,
    column: place,
  }),
)

describe('StringTable', () => {
  it('gives each string one index, from 0, in the order of their first use', () => {
    fc.assert(
      fc.property(fc.array(text), (strings) => {
        const table = new StringTable()
        const indexes = strings.map((string) => table.intern(string))
        const distinct = [...new Set(strings)]
        expect(indexes).toEqual(strings.map((string) => distinct.indexOf(string)))
        expect(table.all()).toEqual(distinct)
        expect(table.size).toBe(distinct.length)
        expect(indexes.map((index) => table.get(index))).toEqual(strings)
      }),
    )
  })

  it('has no string beyond its end', () => {
    expect(new StringTable().get(0)).toBeUndefined()
  })
})

describe('SiteTable', () => {
  it('gives each site one id, from 1, whatever characters names and files hold', () => {
    fc.assert(
      fc.property(sites, (given) => {
        const table = new SiteTable()
        const ids = given.map((site) => table.add(site))
        expect(ids.map((id) => table.get(id))).toEqual(given)
        expect(table.size).toBe(new Set(given.map((site) => JSON.stringify(Object.values(site)))).size)
        expect(new Set(ids).size).toBe(table.size)
        expect(Math.min(1, ...ids)).toBe(1)
      }),
    )
  })

  it('tells sites apart whose name and file read alike together', () => {
    const rest = { kind: 'function', line: 1, column: 1 } as const
    for (const separator of ['', '\n', ':']) {
      const one = siteKey({ ...rest, name: `a${separator}b`, file: 'c' })
      const other = siteKey({ ...rest, name: 'a', file: `b${separator}c` })
      expect(one).not.toBe(other)
    }
    expect(siteKey({ ...rest, name: 'ab', file: '' })).not.toBe(siteKey({ ...rest, name: 'a', file: 'b' }))
  })
})
