import type { Activation, Probes } from './probes.js'

/**
 * Probes that record nothing, for threads without a recorder: on Node 20, modules that bring load
 * hooks pass through ours and then run on the thread of the hooks.
 */
export const idleProbes: Probes = {
  enter: () => 0,
  exit: () => undefined,
  begin: idleActivation,
  generate: idleActivation,
  pause: (_, value) => value,
  iterate: (_, value) => value,
  resume: (_, value) => value,
  reopen: () => undefined,
  end: () => undefined,
  pauser: () => ({ [Symbol.dispose]: () => undefined }),
  asked: () => 0,
  answer: () => undefined,
  beginModule: idleActivation,
  endModule: (_, value) => value,
}

function idleActivation(site: Activation['site']): Activation {
  return { site, start: 0, id: 0, run: 0, isOver: false, drivenAt: 0 }
}
