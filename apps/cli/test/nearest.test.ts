import { expect, it } from 'vitest'
import { editDistance, nearest } from '../src/nearest.js'

it.each([
  ['', '', 0],
  ['output', 'output', 0],
  ['ouput', 'output', 1],
  ['otuput', 'output', 1],
  ['outputt', 'output', 1],
  ['autpat', 'output', 2],
  ['', 'abc', 3],
])('from %s to %s it is %d edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits)
  expect(editDistance(b, a)).toBe(edits)
})

it('the nearest word is found, the first among equals', () => {
  expect(nearest('reprot', ['run', 'report', 'recover'])).toBe('report')
  expect(nearest('ab', ['ax', 'ay'])).toBe(undefined)
  expect(nearest('abc', ['abx', 'aby'])).toBe('abx')
})

it('nothing is near what is like nothing', () => {
  expect(nearest('frobnicate', ['output', 'quiet'])).toBe(undefined)
})
