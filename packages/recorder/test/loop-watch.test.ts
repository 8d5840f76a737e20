import { expect, it } from 'vitest'
import { LoopWatch } from '../src/loop-watch.js'
import { a, b, thread } from './thread.js'

/** A thread whose clock goes on by one with each reading, and what its watch tells, at most once in 1,000 ticks. */
function watchedThread() {
  const told: string[] = []
  const loop = { turns: 0, waitedMs: 0 }
  const events = {
    left: (at: number) => void told.push(`left ${at}`),
    back: (at: number, turns: number, waitedMs: number) => void told.push(`back ${at} ${turns} ${waitedMs}`),
    now: () => 99_000,
  }
  const readings = { turns: () => loop.turns, waitedMs: () => loop.waitedMs }
  const watch = new LoopWatch(events, 1000, readings)
  const watched = thread({}, {}, () => undefined, watch)
  /** The loop turns once, and waits for so long. */
  const wait = (ticks: number): void => {
    watched.pass(ticks)
    loop.turns++
    loop.waitedMs += ticks
  }
  return { ...watched, watch, wait, told }
}

it('the end of a slice that lies in no other one tells from when to when the thread was in its loop', () => {
  const { call, wait, told } = watchedThread()
  call(a, () => {
    call(b)
  })
  wait(2000)
  call(b)
  expect(told).toEqual(['back 1 0 0', 'left 4', 'back 2005 1 2000'])
})

it('short slices in a row are told of once in a while', () => {
  const { call, wait, told } = watchedThread()
  for (let i = 0; i < 100; i++) {
    call(a)
    wait(50)
  }
  expect(told).toHaveLength(9)
  expect(told.at(-1)).toBe('back 4161 80 4000')
})

it('a run of an activation is a slice like another', () => {
  const { probes, wait, told } = watchedThread()
  const activation = probes.begin(a)
  probes.pause(activation, undefined)
  wait(3000)
  probes.resume(activation, undefined)
  probes.end(activation)
  expect(told).toEqual(['back 1 0 0', 'left 2', 'back 3003 1 3000'])
})

it('a call that is only compared with ticks is noticed when a tick comes', () => {
  const { call, check, tick, pass, told } = watchedThread()
  check(a)
  tick()
  call(a, () => {
    pass(20)
    tick()
  })
  expect(told).toEqual(['back 21 0 0'])
})

it('a body that threw is over', () => {
  const { probes, closeAbove, told } = watchedThread()
  probes.enter(a)
  closeAbove(0)
  expect(told).toEqual(['back 1 0 0'])
})

it.each([
  ['in its loop', undefined, ['back 1 0 0', 'left 2', 'back 99000 1 5000', 'left 99000']],
  ['in a slice', 5003, ['back 1 0 0', 'left 2', 'back 5003 1 5000', 'left 99000']],
])('a thread that ends %s says so', (_, openSince, expected) => {
  const { call, wait, watch, told } = watchedThread()
  call(a)
  wait(5000)
  watch.finish(openSince)
  expect(told).toEqual(expected)
})
