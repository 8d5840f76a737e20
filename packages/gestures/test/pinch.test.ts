import { expect, it } from 'vitest'
import { pinchOf } from '../src/index.js'

const at = (x: number, y = 0): { x: number; y: number } => ({ x, y })

it('fingers that go apart show less, around the middle between them', () => {
  expect(pinchOf([at(100), at(200)], [at(50), at(250)])).toEqual({ x: 150, movedX: 0, movedY: 0, factor: 0.5 })
})

it('fingers that move side by side zoom nothing, and tell how far they came', () => {
  expect(pinchOf([at(100, 5), at(200, 5)], [at(130, 12), at(230, 12)])).toEqual({
    x: 180,
    movedX: 30,
    movedY: 7,
    factor: 1,
  })
})

it('the distance counts in all directions', () => {
  expect(pinchOf([at(0), at(30, 40)], [at(0), at(0, 100)]).factor).toBe(0.5)
})

it('fingers that all but touch zoom no further', () => {
  expect(pinchOf([at(100), at(102)], [at(100), at(119)]).factor).toBe(1)
  expect(pinchOf([at(100), at(140)], [at(100), at(100)]).factor).toBe(2)
})
