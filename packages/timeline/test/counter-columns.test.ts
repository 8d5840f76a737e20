import fc from 'fast-check'
import { expect, test } from 'vitest'
import { counterColumns, firstAtOrAfter, indexSamples } from '../src/counter-columns.js'
import { windows } from './some-slices.js'

const samples = fc
  .array(fc.record({ gap: fc.nat(20), value: fc.oneof(fc.integer({ min: -9, max: 99 }), fc.constant(NaN)) }), {
    maxLength: 300,
  })
  .map((steps) => {
    let timeNs = 0
    const placed = steps.map(({ gap, value }) => ({ timeNs: (timeNs += gap), value }))
    return {
      length: placed.length,
      timeNs: Float64Array.from(placed, (sample) => sample.timeNs),
      value: Float64Array.from(placed, (sample) => sample.value),
    }
  })

test('each column of a counter has the least and the greatest value that held in it', () => {
  fc.assert(
    fc.property(samples, windows, (table, window) => {
      const { low, high } = counterColumns(table, indexSamples(table), window)
      for (let x = 0; x < window.width; x++) {
        const span = window.toNs - window.fromNs
        const startNs = x === 0 ? window.fromNs : window.fromNs + (x / window.width) * span
        const endNs = window.fromNs + ((x + 1) / window.width) * span
        const before = table.timeNs.findLastIndex((time) => time < startNs)
        const inside = [...table.value].filter((_, at) => table.timeNs[at] >= startNs && table.timeNs[at] < endNs)
        const values = [...(before === -1 ? [] : [table.value[before]]), ...inside].filter(
          (value) => !Number.isNaN(value),
        )
        expect(low[x]).toBe(values.length === 0 ? NaN : Math.min(...values))
        expect(high[x]).toBe(values.length === 0 ? NaN : Math.max(...values))
      }
    }),
  )
})

test('the first time at or after a moment is found', () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: -5, max: 3000 }), ({ timeNs }, moment) => {
      const found = timeNs.findIndex((time) => time >= moment)
      expect(firstAtOrAfter(timeNs, moment, 0)).toBe(found === -1 ? timeNs.length : found)
    }),
  )
})
