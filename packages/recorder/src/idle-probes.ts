import type { Activation, Probes } from './probes.js'

/**
 * Probes that record nothing, for threads without a recorder: on Node 20, modules that bring load
 * hooks pass through ours and then run on the thread of the hooks.
 */
export const idleProbes: Probes = {
  // Without elements: what is read beyond the end is undefined, so no mode calls `enter`, and what is written is ignored.
  modes: new Uint8Array(0),
  calls: new Float64Array(0),
  time: new Float64Array(1),
  enter: () => -1,
  exit: () => undefined,
  begin: idleActivation,
  pause: (_, value) => value,
  resume: (_, value) => value,
  reopen: () => undefined,
  end: () => undefined,
  pauser: () => ({ [Symbol.dispose]: () => undefined }),
  beginModule: idleActivation,
  endModule: (_, value) => value,
}

function idleActivation(site: Activation['site']): Activation {
  return { site, start: 0, id: 0, run: 0 }
}
