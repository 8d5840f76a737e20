// Calls a function 10 million times, at the given rate a second; prints what it has used and when its last line ran.
import { usage } from '../lib/usage.mjs'

const CALLS = 10_000_000
const BATCH = 20_000

const rate = Number(process.argv[2])
const nothing = new Int32Array(new SharedArrayBuffer(4))
const cells = new Float64Array(16)

// Not trivial: it would be left alone.
/** @type {(index: number) => number} */
function step(index) {
  let sum = 0
  for (let cell = 0; cell < 4; cell += 1) sum += cells[(index + cell) & 15] += cell
  return sum
}

const before = usage()
for (let done = 0; done < CALLS; done += BATCH) {
  for (let index = 0; index < BATCH; index += 1) step(index)
  const aheadMs = ((done + BATCH) * 1000) / rate - (performance.now() - before.wallMs)
  if (aheadMs > 0) Atomics.wait(nothing, 0, 0, aheadMs)
}
const after = usage()
console.log(JSON.stringify({ before, after, lastLineEpochMs: Date.now() }))
