import { expect, it } from 'vitest'
import { bitsOf, raiseTime } from '../src/shared-time.js'

it('a time is set to what is later, and to nothing else', () => {
  const cell = new Float64Array(new SharedArrayBuffer(64))
  const seen = [5, 3, 5.5, 5.25, 1e300, 2].map((ticks) => {
    raiseTime(bitsOf(cell), ticks)
    return cell[0]
  })
  expect(seen).toEqual([5, 5, 5.5, 5.5, 1e300, 1e300])
})
