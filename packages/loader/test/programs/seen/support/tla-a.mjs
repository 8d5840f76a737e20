import { log } from './log.mjs'
log.push('a0'); await null; log.push('a1'); await new Promise((resolve) => setTimeout(resolve, 5)); log.push('a2')
