/**
 * The module that instrumented ES modules import their probes from. An import, because imports are
 * ready before any module body runs: in a cycle, functions are called before the body of their
 * module, and have to find their probes.
 */
import type { Probes } from '@tracer/recorder'
import { idleProbes } from '@tracer/recorder/idle-probes'
import { PROBE_GLOBAL } from './probe-global.js'

// Defined by the preload on every thread that it records.
const provided = globalThis as { readonly [PROBE_GLOBAL]?: Probes }
const probes = provided[PROBE_GLOBAL] ?? idleProbes

export const {
  enter,
  exit,
  begin,
  generate,
  pause,
  iterate,
  resume,
  reopen,
  end,
  pauser,
  asked,
  answer,
  beginModule,
  endModule,
} = probes
