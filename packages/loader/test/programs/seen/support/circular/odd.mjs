import Even, { evenEsm } from './even.mjs'
import * as even from './even.mjs'
export function oddEsm(n) { return n !== 0 && evenEsm(n - 1) }
export function tdz() { try { return Even.name } catch (error) { return error.message } }
import { log } from '../log.mjs'
log.push(evenEsm(4), tdz())
try { even.default } catch (error) { log.push(error.message) }
