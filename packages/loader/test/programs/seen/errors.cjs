// traces: make, outer, inner, asynchronous
const print = (...values) => console.log(JSON.stringify(values))
function make() { return new Error('made') }
function outer(f) { return inner(f) } function inner(f) { return f() }
const top = (error, n = 3) => error.stack.split('\n').slice(0, n)

print(top(make()), top(outer(make)), Object.getOwnPropertyDescriptor(make(), 'stack') !== undefined)
const captured = {}; outer(function capturing() { Error.captureStackTrace(captured, inner) })
print(top(captured), Object.keys(captured), Object.getOwnPropertyDescriptor(captured, 'stack') !== undefined)
class Own extends Error { constructor(m) { super(m); Error.captureStackTrace(this, Own) } get name() { return 'Own' } }
print(top(outer(() => new Own('own'))), String(new Own('x')))
for (const limit of [0, 1, 2, Infinity]) { Error.stackTraceLimit = limit; print(limit, outer(make).stack.split('\n').slice(0, 4)) }
delete Error.stackTraceLimit; print(outer(make).stack); Error.stackTraceLimit = 10

const before = Error.prepareStackTrace
print(typeof before, before.name, before.length)
Error.prepareStackTrace = (error, sites) => sites.slice(0, 2).map((s) => [s.getFunctionName(), s.getLineNumber(), s.getColumnNumber(), s.getPosition() > 0, s.isToplevel(), s.isAsync(), s.isEval(), s.getThis() === undefined, s.getEvalOrigin()])
print(outer(make).stack)
Error.prepareStackTrace = undefined
print(typeof Error.prepareStackTrace, 'prepareStackTrace' in Error, top(outer(make)), typeof Error.prepareStackTrace)
Error.prepareStackTrace = null
print(Error.prepareStackTrace, top(outer(make)))
Error.prepareStackTrace = 'text'
print(Error.prepareStackTrace, top(outer(make)))
delete Error.prepareStackTrace
print(Error.prepareStackTrace === undefined, 'prepareStackTrace' in Error)
Error.prepareStackTrace = before
print(Error.prepareStackTrace === before, top(outer(make)))
process.setSourceMapsEnabled(true); print(top(outer(make)), top(new Own('mapped'))); process.setSourceMapsEnabled(false); print(top(outer(make)))

const nested = new Error('with cause', { cause: make() }); print(top(nested.cause), require('node:util').inspect(nested).split('\n').length > 4)
print(top(new AggregateError([make()], 'many').errors[0]), top(eval('new Error("evaluated")')), top(new Function('return new Error("f")')()))
for (const bad of Object.values({
  a: () => null.x, b: () => undefined.f(), c: () => notDefined, d: () => [].reduce(() => 1), e: () => class A { #p; static t(o) { o.#p } }.t({}),
  f: () => { for (const x of 5); }, g: () => { const { a } = null }, h: () => (void 0)(), i: () => ({}).a.b.c, j: () => decodeURIComponent('%'), k() { const x = 1; x = 2 } }))
  try { bad() } catch (error) { print(error.name, error.message, top(error, 2)) }
const deep = () => { try { return deep() } catch (error) { return error } }
print(deep().name, deep().message)

async function asynchronous(n) { await null; if (n > 0) return await asynchronous(n - 1); throw new Error('deep') }
async function* generated() { yield 1; await null; throw new Error('generated') }
;(async function main() {
  await asynchronous(2).catch((error) => print(top(error, 8)))
  try { for await (const x of generated()) void x } catch (error) { print(top(error, 8)) }
  await Promise.all([1].map(async function all() { await asynchronous(0) })).catch((error) => print(top(error, 8)))
  await new Promise((resolve) => setTimeout(function timer() { print(top(make(), 2)); resolve() }))
  await Promise.any([asynchronous(0)]).catch((error) => print(error.constructor.name, top(error.errors[0], 8)))
})()
