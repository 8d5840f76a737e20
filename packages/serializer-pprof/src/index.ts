export { pprof, type PprofOptions } from './pprof.js'
