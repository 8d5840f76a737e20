import { describe, expect, it } from 'vitest'
import { bytes, count, counted, duration, percent } from '../src/index.js'

describe('duration', () => {
  it.each([
    [0, '0 ns'],
    [-1e-7, '0 ns'],
    [71, '71 ns'],
    [999.4, '999 ns'],
    [999.6, '1.00 µs'],
    [5400, '5.40 µs'],
    [12_340, '12.3 µs'],
    [123_400, '123 µs'],
    [999_499, '999 µs'],
    [999_500, '1.00 ms'],
    [12_345_678, '12.3 ms'],
    [999_500_000, '1.00 s'],
    [1_240_000_000, '1.24 s'],
    [59_940_000_000, '59.9 s'],
    [59_990_000_000, '1 min 0 s'],
    [125_000_000_000, '2 min 5 s'],
    [3_599_600_000_000, '1 h 0 min'],
    [3_780_000_000_000, '1 h 3 min'],
  ])('%d ns is %s', (ns, text) => {
    expect(duration(ns)).toBe(text)
  })
})

describe('bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.00 kB'],
    [3_400_000, '3.40 MB'],
    [999_600, '1.00 MB'],
    [123_456_789, '123 MB'],
    [5e15, '5000 TB'],
  ])('%d is %s', (size, text) => {
    expect(bytes(size)).toBe(text)
  })
})

describe('count', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [21_891, '21,891'],
    [1_234_567, '1,234,567'],
  ])('%d is %s', (value, text) => {
    expect(count(value)).toBe(text)
  })

  it('agrees with its noun', () => {
    expect(counted(1, 'call')).toBe('1 call')
    expect(counted(0, 'call')).toBe('0 calls')
    expect(counted(2, 'process', 'processes')).toBe('2 processes')
  })
})

describe('percent', () => {
  it.each([
    [0, '0.0%'],
    [0.0001, '<0.1%'],
    [0.004, '0.4%'],
    [0.1234, '12.3%'],
    [0.9994, '99.9%'],
    [1, '100%'],
    [3.5, '350%'],
  ])('%d is %s', (share, text) => {
    expect(percent(share)).toBe(text)
  })
})
