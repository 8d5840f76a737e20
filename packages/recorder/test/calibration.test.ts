import { monotonicClock } from '@tracer/core/node'
import { expect, it } from 'vitest'
import { calibrate } from '../src/calibration.js'

it('the costs of probes are measured, and a part of those of a timed call lies inside of it', () => {
  let batches = 0
  const { timedNs, insideNs, checkedNs } = calibrate(monotonicClock(), 'portable', 4, () => batches++)
  expect(batches).toBeGreaterThanOrEqual(4)
  expect(timedNs).toBeGreaterThan(0)
  expect(insideNs).toBeGreaterThan(0)
  expect(insideNs).toBeLessThanOrEqual(timedNs)
  expect(checkedNs).toBeGreaterThanOrEqual(0)
  expect(checkedNs).toBeLessThan(timedNs)
})

it('a clock that stands still costs nothing, and measuring by it comes to an end', () => {
  const clock = { id: 'still', now: () => 7, nsPerTick: 1, originNs: 0, originEpochMs: 0 }
  expect(calibrate(clock, 'still', 2)).toEqual({ timedNs: 0, insideNs: 0, checkedNs: 0 })
})
