import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextFitter } from '../src/labels.js'

/** Each character as wide as its code says, from 1 to 8. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + 1 + ((character.codePointAt(0) ?? 0) % 8), 0)

test('a name is cut to what fits, with dots', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(200), (name, width) => {
      const fitted = new TextFitter(widthOf).fit(name, width)
      if (widthOf(name) <= width) {
        expect(fitted).toBe(name)
      } else {
        expect(widthOf(fitted)).toBeLessThanOrEqual(width)
        expect(fitted === '' || (fitted.endsWith('…') && name.startsWith(fitted.slice(0, -1)))).toBe(true)
      }
    }),
  )
})

test('a name of which fewer than three letters fit is left out', () => {
  const fitter = new TextFitter(() => 10)
  expect(fitter.fit('parse', 50)).toBe('parse')
  expect(fitter.fit('parser', 50)).toBe('pars…')
  expect(fitter.fit('parser', 40)).toBe('par…')
  expect(fitter.fit('parser', 39)).toBe('')
})

test('characters are measured once', () => {
  let measured = 0
  const fitter = new TextFitter((text) => {
    measured++
    return text.length
  })
  for (let i = 0; i < 100; i++) fitter.fit('abcabc', 100)
  expect(measured).toBe(4)
})
