import { describe, expect, it } from 'vitest'
import { openNativeClock, type NativeClock, type TickPair } from '../src/index.js'
import { buildAddon, hasCompiler, temporaryFolder } from './addons.js'

const { clock, whyNot } = openNativeClock()

it('is there wherever there is a C compiler', () => {
  expect(clock !== undefined).toBe(hasCompiler)
  expect(whyNot !== undefined).toBe(!hasCompiler)
})

// Without a compiler there is no clock to test; the test above sees to it that nothing else is the reason.
if (clock) {
  describe('the native clock', () => {
    it('never goes back', () => {
      let last = clock.now()
      let steps = 0
      for (let i = 0; i < 3_000_000; i++) {
        const now = clock.now()
        if (now < last) steps++
        last = now
      }
      expect(steps).toBe(0)
      expect(last).toBeGreaterThan(0)
    })

    it('counts in whole ticks that a double holds exactly', () => {
      expect(clock.now()).toSatisfy(Number.isSafeInteger)
    })

    it('agrees with process.hrtime to 10 µs when pairs convert it', async () => {
      const first = clock.samplePair()
      const readings = Array.from({ length: 1000 }, () => readBetween(clock))
      await new Promise((resolve) => setTimeout(resolve, 100))
      readings.push(...Array.from({ length: 1000 }, () => readBetween(clock)))
      const toNs = converter(first, clock.samplePair())
      for (const { ticks, fromNs, untilNs } of readings) {
        expect(toNs(ticks)).toBeGreaterThan(fromNs - 10_000)
        expect(toNs(ticks)).toBeLessThan(untilNs + 10_000)
      }
    })

    it('knows the length of a tick to one ten-thousandth', async () => {
      const first = clock.samplePair()
      await new Promise((resolve) => setTimeout(resolve, 200))
      const last = clock.samplePair()
      const measured = (last.monotonicNs - first.monotonicNs) / (last.ticks - first.ticks)
      expect(Math.abs(clock.nsPerTick / measured - 1)).toBeLessThan(1e-4)
    })

    it('lies on the monotonic and the wall-clock axes', () => {
      const { clock: fresh } = openNativeClock()
      if (!fresh) throw new Error('The addon is gone.')
      const fromNs = Number(process.hrtime.bigint())
      const fromMs = performance.timeOrigin + performance.now()
      const ns = fresh.now() * fresh.nsPerTick
      const untilMs = performance.timeOrigin + performance.now()
      const untilNs = Number(process.hrtime.bigint())
      // The length of a tick is good to 1e-4 of the time since tick 0.
      const tolerance = 1e-4 * ns + 50_000
      expect(fresh.originNs + ns).toBeGreaterThan(fromNs - tolerance)
      expect(fresh.originNs + ns).toBeLessThan(untilNs + tolerance)
      expect(fresh.originEpochMs + ns / 1e6).toBeGreaterThan(fromMs - tolerance / 1e6)
      expect(fresh.originEpochMs + ns / 1e6).toBeLessThan(untilMs + tolerance / 1e6)
    })

    it('can be opened twice, each with a cell of its own on one axis', () => {
      const cell = new Float64Array(new SharedArrayBuffer(16), 8)
      const { clock: second } = openNativeClock({ cell })
      const before = clock.now()
      second?.read()
      expect(cell[0]).toBeGreaterThan(before)
      expect(clock.cell[0]).toBe(before)
      expect(clock.now()).toBeGreaterThan(cell[0])
      expect(openNativeClock().clock?.cell.buffer).not.toBe(clock.cell.buffer)
    })

    it('writes nothing next to its cell', () => {
      const around = new Float64Array(new SharedArrayBuffer(24))
      openNativeClock({ cell: around.subarray(1, 2) }).clock?.read()
      expect([around[0], around[2]]).toEqual([0, 0])
      expect(around[1]).toBeGreaterThan(0)
    })

    it('is the clock of the system where the CPU has no counter to trust', () => {
      using folder = temporaryFolder()
      const addon = `${folder.path}/no-counter.node`
      expect(buildAddon(addon, { CFLAGS: '-DTRACER_NO_COUNTER' })).toBe('')
      const { clock: system } = openNativeClock({ addon })
      expect(system).toMatchObject({ id: 'native', source: 'monotonic', nsPerTick: 1 })
      if (!system) return
      const { ticks, fromNs, untilNs } = readBetween(system)
      expect(ticks).toBeGreaterThanOrEqual(fromNs)
      expect(ticks).toBeLessThanOrEqual(untilNs)
    })
  })
}

/** A reading lies between two of hrtime, however long it was interrupted. */
function readBetween(clock: NativeClock) {
  const fromNs = Number(process.hrtime.bigint())
  const ticks = clock.now()
  return { ticks, fromNs, untilNs: Number(process.hrtime.bigint()) }
}

function converter(first: TickPair, last: TickPair) {
  const nsPerTick = (last.monotonicNs - first.monotonicNs) / (last.ticks - first.ticks)
  return (ticks: number) => first.monotonicNs + (ticks - first.ticks) * nsPerTick
}
