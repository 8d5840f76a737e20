export { byFile, byName, byPackage } from './by-site.js'
export { inRange, maxDepth, maxDuration, minDuration, onThreads } from './by-slice.js'
export { and, not, or } from './combined.js'
export { traceWithin } from './trace-within.js'
