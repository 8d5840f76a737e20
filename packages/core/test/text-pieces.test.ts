import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textPieces } from '../src/index.js'

describe('textPieces', () => {
  it('gives the bytes of all parts, in pieces of some tens of kilobytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(3000)), { maxLength: 30 }), (recipe) => {
        const parts = recipe.map(([text, times]) => text.repeat(times))
        const pieces = [...textPieces(parts)]
        expect(Buffer.concat(pieces).equals(Buffer.from(parts.join('')))).toBe(true)
        expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThan(65_536)
      }),
      { numRuns: 50 },
    )
  })

  it('cuts no character in two', () => {
    const text = 'a' + '😀'.repeat(20_000)
    expect(Buffer.concat([...textPieces([text])]).toString()).toBe(text)
  })

  it('takes parts as they are needed', () => {
    let taken = 0
    const endless = (function* () {
      for (;;) yield `${taken++}`.padEnd(1000)
    })()
    textPieces(endless).next()
    expect(taken).toBe(17)
  })

  it('gives nothing for nothing', () => {
    expect([...textPieces(['', ''])]).toEqual([])
  })
})
