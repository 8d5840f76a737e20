/** @import { SliceTable, Trace } from '@tracer/core' */

const THREADS = 8
const LEVELS = 40
const SITES = 2000

/**
 * A trace of several threads whose calls are of all lengths, in bursts, and many levels deep: what is drawn
 * differs from pixel to pixel and from level to level. In columns, because a builder would take most of the time.
 *
 * @param {number} slices
 * @returns {Trace}
 */
export function busyTrace(slices) {
  const none = { length: 0, site: new Int32Array(0), timeNs: new Float64Array(0), args: new Map() }
  const threads = Array.from({ length: THREADS }, (_, index) => index)
  return {
    metadata: {
      ...{ producer: 'bench', clock: 'portable', originNs: 0, originEpochMs: 0, hostName: '', bootId: '' },
      ...{ overheadNs: 0, overheadInsideNs: 0, checkNs: 0, tickNs: 0 },
    },
    sites: Array.from({ length: SITES }, (_, index) => ({
      kind: 'function',
      name: `Service.method${index}`,
      file: `/app/src/${index % 40}.ts`,
      line: index + 1,
      column: 3,
    })),
    processes: [{ pid: 1, name: 'busy', commandLine: [] }],
    threads: threads.map((index) => ({ process: 0, tid: index + 1, name: '', drops: [], complete: true })),
    tracks: threads.map((thread) => ({
      kind: 'thread',
      thread,
      slices: busySlices(Math.floor(slices / THREADS), thread + 1),
      instants: none,
    })),
    flows: {
      ...{ length: 0, flow: new Int32Array(0), track: new Int32Array(0) },
      ...{ slice: new Int32Array(0), timeNs: new Float64Array(0) },
    },
    unrecorded: {
      ...{ length: 0, thread: new Int32Array(0), site: new Int32Array(0) },
      ...{ calls: new Float64Array(0), estimatedNs: new Float64Array(0), laterRuns: new Float64Array(0) },
    },
    sources: new Map(),
  }
}

/**
 * A walk up and down a stack: each step calls or returns, and takes some time, now and then much.
 *
 * @param {number} length
 * @param {number} seed
 * @returns {SliceTable}
 */
function busySlices(length, seed) {
  const site = new Int32Array(length)
  const startNs = new Float64Array(length)
  const durationNs = new Float64Array(length)
  const depth = new Int32Array(length)
  const random = randomFrom(seed)
  /** @type {number[]} */
  const open = []
  let now = 0
  for (let slice = 0; slice < length;) {
    now += random() < 0.0001 ? 1e6 * random() : 400 * random() ** 3
    if (open.length > 0 && (open.length === LEVELS || random() < 0.5)) {
      const done = open.pop() ?? 0
      durationNs[done] = now - startNs[done]
      continue
    }
    site[slice] = Math.floor(random() ** 3 * SITES)
    startNs[slice] = now
    depth[slice] = open.length
    open.push(slice)
    slice += 1
  }
  for (const slice of open) durationNs[slice] = now - startNs[slice]
  return {
    length,
    site,
    startNs,
    durationNs,
    depth,
    activation: new Int32Array(0),
    args: new Map(),
    unfinished: new Set(),
  }
}

/** @param {number} seed */
function randomFrom(seed) {
  let state = seed * 7919
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
