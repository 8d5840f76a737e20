// args:
// args: --enable-source-maps
// traces: eventually, attempt, steps
import assert from 'node:assert'
import { ok as sure } from 'node:assert/strict'
const eventually = async (value) => { await null; return value }
async function attempt(f) { try { await f() } catch (error) { console.log(error.name, error.message, error.generatedMessage, error.stack.split('\n'), Object.getOwnPropertyNames(error)) } }
await attempt(async () => { assert(await eventually(0)) })
await attempt(async () => assert.ok(await eventually(0), undefined))
await attempt(async () => { sure( await   eventually(0) ) ; assert(false) })
await attempt(async () => {
  assert.strict.ok((await eventually([1])).length > (await eventually(2)) && /a b.$/.test(await eventually('$t')),
    undefined)
})
await attempt(async () => { Error.stackTraceLimit = 0; try { assert(await eventually(`${1}`) === 2) } finally { Error.stackTraceLimit = 10 } })
await attempt(async () => { Error.prepareStackTrace = (error, trace) => `${error.message}\n${trace.length}`; try { assert(await eventually(0)) } finally { Error.prepareStackTrace = undefined } })
await attempt(async () => { assert(await eventually(0), 'own ' + await eventually('$t')) })
function* steps() { assert(yield 1) }
await attempt(() => { const step = steps(); step.next(); step.next(0) })
await attempt(async () => { assert(await eventually(0)
  && await eventually(1)) })
try { assert(await eventually(0)) } catch (error) { console.log(error.message) }
assert.ok(await eventually(''))
