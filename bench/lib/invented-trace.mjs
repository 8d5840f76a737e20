import { TraceBuilder } from '@tracer/core'

/** Real programs have far fewer functions than calls, some of which are called far more than others, some levels deep. */
const SITES = 500
const DEPTH = 12

const STEP_NS = 300

/**
 * Which site a call has, as a share of all: the same few again and again.
 *
 * @param {number} index of the call
 */
const favourites = (index) => ((index * 0.618) % 1) ** 4

/**
 * A trace of one thread: towers of `DEPTH` calls, each inside the one before, one tower after the other.
 *
 * @param {number} calls
 * @param {(index: number) => number} [siteOf] which site a call has, as a share of all
 */
export function inventTrace(calls, siteOf = favourites) {
  const builder = new TraceBuilder()
  const sites = Array.from({ length: SITES }, (_, index) =>
    builder.addSite({
      kind: 'function',
      name: `Service.method${index}`,
      file: `/app/src/${index % 40}.ts`,
      line: index + 1,
      column: 3,
    }),
  )
  const process = builder.addProcess({ pid: 4711, name: 'bench', commandLine: [] })
  const thread = builder.addThread({ process, tid: 4711, name: 'main' })
  for (let index = 0; index < calls; index += 1) {
    const depth = index % DEPTH
    const towerNs = 2 * (index - depth) * STEP_NS
    const startNs = towerNs + depth * STEP_NS
    const site = sites[Math.floor(siteOf(index) * SITES)]
    builder.addSlice(thread, site, startNs, towerNs + (2 * DEPTH - depth) * STEP_NS - 1)
  }
  return builder.build({ producer: 'bench', clock: 'portable', originEpochMs: 0 })
}
