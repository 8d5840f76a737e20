import { log } from './log.mjs'
import './tla-c.mjs'
log.push('b0'); await Promise.resolve().then(() => log.push('bt')); log.push('b1')
