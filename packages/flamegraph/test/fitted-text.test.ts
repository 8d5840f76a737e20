import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fittedText } from '../src/index.js'

const perLetter = (text: string): number => text.length * 10

describe('a fitted text', () => {
  it.each([
    ['parse', 50, 'parse'],
    ['parse', 49, 'par…'],
    ['parse', 30, 'pa…'],
    ['parse', 29, ''],
    ['ab', 19, ''],
    ['parse', -5, ''],
    ['', 100, ''],
  ])('of %s in %d pixels is "%s"', (text, width, expected) => expect(fittedText(text, width, perLetter)).toBe(expected))

  it('of a megabyte is measured in parts of some hundred letters', () => {
    let longest = 0
    const text = fittedText('x'.repeat(1_000_000), 1e9, (part) => (longest = Math.max(longest, part.length)))
    expect(longest).toBeLessThan(1000)
    expect(text).toMatch(/^x+…$/)
  })

  it('never is wider than its room, and never ends in half a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(300), (text, width) => {
        const fitted = fittedText(text, width, perLetter)
        if (fitted === '') return
        expect(perLetter(fitted)).toBeLessThanOrEqual(width)
        // It throws at half a surrogate pair.
        encodeURIComponent(text)
        encodeURIComponent(fitted)
      }),
    )
  })
})
