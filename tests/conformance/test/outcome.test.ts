import { describe, expect, it } from 'vitest'
import { errorName, outcomeOf } from '../lib/outcome.mjs'

const PARSE_ERROR = { phase: 'parse', type: 'SyntaxError' }

describe('outcomeOf', () => {
  it.each([
    ['nothing happens', undefined, undefined, 'pass'],
    ['a test throws', { phase: 'runtime', name: 'TypeError' }, undefined, 'runtime TypeError'],
    ['the expected error comes', { phase: 'parse', name: 'SyntaxError' }, PARSE_ERROR, 'pass'],
    ['it comes too late', { phase: 'runtime', name: 'SyntaxError' }, PARSE_ERROR, 'runtime SyntaxError'],
    ['it does not come', undefined, PARSE_ERROR, 'no parse SyntaxError'],
  ] as const)('when %s', (_, failure, expected, outcome) => {
    expect(outcomeOf(failure, expected)).toBe(outcome)
  })
})

describe('errorName', () => {
  it.each([
    [new RangeError('x'), 'RangeError'],
    ['text', 'thrown string'],
    [null, 'thrown object'],
    [Object.create(null), 'an object'],
  ])('of %o is %s', (error, name) => {
    expect(errorName(error)).toBe(name)
  })

  it('of an object that throws when it is looked at says so', () => {
    const hostile = {
      get constructor() {
        throw new Error('do not look')
      },
    }
    expect(errorName(hostile)).toBe('an object that throws')
  })
})
