/**
 * For programs that stop and start their own recording. Nothing is loaded for it, and without Tracer
 * each function does nothing.
 */
import { PROBE_GLOBAL, type ProvidedProbes, type RecordingControl } from './probe-global.js'

/** Records from now on, in all threads of the process; false when the program is not traced. */
export function start(): boolean {
  return recording()?.want('started') ?? false
}

/**
 * Records nothing from now on, in all threads of the process; false when the program is not traced.
 * Calls that are open end here.
 */
export function stop(): boolean {
  return recording()?.want('stopped') ?? false
}

/** Whether calls of this thread are recorded at present. */
export function isRecording(): boolean {
  return recording()?.isRecording ?? false
}

function recording(): RecordingControl | undefined {
  // Defined by the preload on every thread that it records.
  return (globalThis as { readonly [PROBE_GLOBAL]?: ProvidedProbes })[PROBE_GLOBAL]?.recording
}
