// Preloaded: says at the end how much memory the process took at most.
import { peakMemoryBytes } from './peak-memory.mjs'

process.on('exit', () => process.stderr.write(`\npeak ${peakMemoryBytes()}`))
