// traces: step
import { log } from './support/log.mjs'
import './support/tla-a.mjs'
import './support/tla-b.mjs'
import './support/tla-c.mjs'
export function step(name) { log.push(name) }
step('main'); await null; step('main2')
const [a, b] = await Promise.all([import('./support/tla-d.mjs'), import('./support/tla-d.mjs')])
step(a === b); for await (const x of [1, Promise.resolve(2)]) step(x); if (true) { await 0 } step(await (async () => 'value')()); label: for (;;) { await 1; break label }
try { await Promise.reject(1) } catch { step('caught') }
export const late = await 'late'; export default await 1
console.log(JSON.stringify(log))
