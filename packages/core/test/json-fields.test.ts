import { expect, it } from 'vitest'
import { fieldsOf, isFields, listOf, numberOf, textOf } from '../src/index.js'

it('only an object has fields', () => {
  expect([{}, [], null, 'a', 1, undefined].map(isFields)).toEqual([true, false, false, false, false, false])
})

it('what should be a list of objects is one, with what is one', () => {
  expect(fieldsOf([{ a: 1 }, null, [2], 'b'])).toEqual([{ a: 1 }])
  expect(fieldsOf({ a: 1 })).toEqual([])
  expect(listOf('abc')).toEqual([])
})

it('what is no text or number is what is given for it', () => {
  expect([textOf('a'), textOf(1), textOf(undefined, '(none)')]).toEqual(['a', '', '(none)'])
  expect([numberOf(1), numberOf('1'), numberOf(Infinity, -1), numberOf(NaN)]).toEqual([1, 0, -1, 0])
})
