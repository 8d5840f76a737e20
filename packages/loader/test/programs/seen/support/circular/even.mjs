import { log } from '../log.mjs'
import { oddEsm, tdz } from './odd.mjs'
import { early } from '../../circular.mjs'
export function evenEsm(n) { return n === 0 || oddEsm(n - 1) }
export default class Even {}
log.push(early('even'), tdz())
