// traces: lockdown, tameDate, f, Foo.m, required, late, imported, steps
const attempt = (f) => { try { return f() } catch (error) { return `${error.name}: ${error.message}` } }
const { removed, failed, stackOf, print } = require('./support/lockdown.cjs').lockdown()
print(removed, failed, [Object.prototype, Function.prototype, Array.prototype, Error.prototype, Error, Date, Math, Promise].map(Object.isFrozen))
function f(x) { return x + 1 }
class Foo extends Array { #p = 1; m() { return this.#p + f(1) } fails() { throw new RangeError('m') } }
function* steps() { try { yield f(1); yield f(2) } finally { f(3) } }
print(attempt(() => Date.now()), attempt(() => new Date()), attempt(() => Date()), new Date(0).getTime(), attempt(() => Math.random()), Math.max(1, 2))
print(attempt(() => Function('return 1')()), attempt(() => f.constructor('')), attempt(() => (async () => {}).constructor('')), eval('1 + f(1)'), attempt(() => (0, eval)('typeof globalThis')))
print(attempt(() => { 'use strict'; Array.prototype.push = 1 }), attempt(() => { 'use strict'; Object.prototype.polluted = 1 }), attempt(() => { 'use strict'; Error.prepareStackTrace = () => 'own' }), attempt(() => { const own = {}; own.toString = () => 'own'; own.constructor = 1; return [String(own), own.constructor] }))
print(attempt(() => f.caller), 'caller' in f, 'arguments' in f, '__defineGetter__' in {}, f.toString(), Foo.prototype.m.toString(), Function.prototype.toString.call(Date))
const error = new Error('tamed'); error.message = 'changed'; error.name = 'Named'
print(String(error), error instanceof Error, new TypeError('t') instanceof Error, error.stack, stackOf(error), stackOf(new Foo().m && attempt(() => { try { new Foo().fails() } catch (caught) { return caught } })), Error.stackTraceLimit, Object.getOwnPropertyNames(Error).sort())
print(new Foo().m(), [...steps()], [1, 2].map(f), new Foo(3).length, Object.keys(globalThis).length)
globalThis.added = 1; Object.freeze(added); print(delete globalThis.added)
print(require('./support/after.cjs').required())
async function late() { await null; for await (const x of steps()) f(x); const { imported } = await import('./support/after.mjs'); print(await imported()); for (let i = 0; i < 40000; i++) f(i); return stackOf(await Promise.reject(new Error('late')).catch((e) => e)) }
late().then(print)
process.on('exit', (code) => print('exit', code))
