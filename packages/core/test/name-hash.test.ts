import { expect, it } from 'vitest'
import { nameHash } from '../src/index.js'

it('a name has the same number in every picture', () => {
  // As published with FNV-1a, 32 bits.
  expect(nameHash('')).toBe(0x811c9dc5)
  expect(nameHash('a')).toBe(0xe40c292c)
  expect(nameHash('foobar')).toBe(0xbf9cf968)
})

it('of a very long name the beginning counts', () => {
  expect(nameHash('x'.repeat(1_000_000))).toBe(nameHash('x'.repeat(200)))
  expect(nameHash('x'.repeat(199))).not.toBe(nameHash('x'.repeat(200)))
})
