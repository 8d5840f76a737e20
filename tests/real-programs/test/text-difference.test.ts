import { describe, expect, it } from 'vitest'
import { textDifference } from '../lib/text-difference.mjs'

describe('textDifference', () => {
  it('is undefined for the same text', () => {
    expect(textDifference('a\nb', 'a\nb')).toBeUndefined()
  })
  it('begins at the first line that differs', () => {
    expect(textDifference('a\nb\nc', 'a\nx\nc')).toBe('line 2, column 1; 3 lines bare, 3 traced\n- b\n- c\n+ x\n+ c')
  })
  it('says that text was added', () => {
    expect(textDifference('a', 'a\nb')).toBe('line 2, column 1; 1 lines bare, 2 traced\n+ b')
  })
  it('shows the part of a long line that differs', () => {
    const difference = textDifference(`${'a'.repeat(5000)}b`, `${'a'.repeat(5000)}c`) ?? ''
    expect(difference.length).toBeLessThan(250)
    expect(difference).toMatch(/^line 1, column 5001.*\n- …a+b\n\+ …a+c$/)
  })
})
