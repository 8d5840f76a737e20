/** Property of the global object where CommonJS modules find the probes. */
export const PROBE_GLOBAL = '__tracer_probes__'
