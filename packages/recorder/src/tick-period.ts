import type { Nanoseconds } from '@tracer/core'
import { CpuTime, osThread } from './cpu-time.js'

/**
 * The shortest tick period that costs at most a twentieth of a core here: some waits tell what one
 * costs. Takes 4 ms.
 */
export function measureTickPeriod(): Nanoseconds {
  const cpu = new CpuTime(osThread())
  const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const before = cpu.read()
  for (let i = 0; i < WAITS; i++) Atomics.wait(cell, 0, 0, WAIT_MS)
  const after = cpu.read()
  cpu.close()
  if (before === undefined || after === undefined) return USUAL_NS
  const costNs = (after - before) / WAITS
  return Math.min(LONGEST_NS, Math.max(SHORTEST_NS, Math.ceil(costNs / SHARE / STEP_NS) * STEP_NS))
}

const WAITS = 20
const WAIT_MS = 0.1
const SHARE = 0.05
const STEP_NS = 50_000
const SHORTEST_NS = 100_000
const LONGEST_NS = 2_000_000
const USUAL_NS = 500_000
