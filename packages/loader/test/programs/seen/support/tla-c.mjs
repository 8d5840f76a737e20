import { log } from './log.mjs'
log.push('c'); Promise.resolve().then(() => log.push('c1')).then(() => log.push('c2')).then(() => log.push('c3')).then(() => log.push('c4')).then(() => log.push('c5'))
export const early = () => log.push('early')
