export type { BuiltInProbes, Seams } from './seams.js'
export { hookThreadWork, type ThreadWorkOptions } from './thread-work.js'
export { birthOfThread, type Birth } from './birth.js'
export { hookWaits } from './waits.js'
