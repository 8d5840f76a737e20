import type { Probes, ThreadRecorder } from '@tracer/recorder'

/** Property by which CommonJS modules find the probes, as if it was one of the global object. */
export const PROBE_GLOBAL = '__tracer_probes__'

/** What the program's modules find under it: probes, and for those that control it, what records the thread. */
export interface ProvidedProbes extends Probes {
  readonly recording: RecordingControl
}

export type RecordingControl = Pick<ThreadRecorder, 'want' | 'isRecording'>

/**
 * Puts the probes where `globalThis` inherits from: there the program finds them neither when it
 * lists the properties of the global object nor when it freezes or deletes them all.
 */
export function provideProbes(probes: ProvidedProbes): void {
  const inherited = Object.getPrototypeOf(globalThis) as object
  const holder = inherited === Object.prototype ? globalThis : inherited
  Object.defineProperty(holder, PROBE_GLOBAL, { value: probes })
}
