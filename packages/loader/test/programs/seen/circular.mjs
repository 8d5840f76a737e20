// traces: early, evenEsm, required
import { log } from './support/log.mjs'
import { evenEsm } from './support/circular/even.mjs'
import mixed from './support/circular/mixed.cjs'
export function early(name) { return `early ${name}` }
log.push(evenEsm(5), mixed.required(), mixed.late())
console.log(JSON.stringify(log))
