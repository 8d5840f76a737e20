// Reads the clock that is named, many times in a loop that does nothing else, and prints how long one reading took.
import { nativeClock } from '@tracer/clock-native'

const PASSES = 50
const READINGS = 100_000

const cell = new Float64Array(new SharedArrayBuffer(8))

/** @type {Record<string, (() => number) | undefined>} */
const clocks = {
  cell: () => cell[0],
  'performance.now': performance.now.bind(performance),
  hrtime: () => Number(process.hrtime.bigint()),
  native: nativeClock()?.now,
}

const now = clocks[process.argv[2]]
if (!now) throw new Error(`There is no clock ${process.argv[2]} here.`)

// The fastest pass: the others were interrupted, or not optimized yet.
let fastestMs = Infinity
let sum = 0
for (let pass = 0; pass < PASSES; pass += 1) {
  const start = performance.now()
  for (let i = 0; i < READINGS; i += 1) sum += now()
  fastestMs = Math.min(fastestMs, performance.now() - start)
}
console.log(JSON.stringify({ milliseconds: fastestMs, readings: READINGS, sum }))
