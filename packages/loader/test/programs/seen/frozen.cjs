// traces: f, required, Foo.m, late, imported
const print = (...values) => console.log(JSON.stringify(values))
const seen = new Set(); const errors = []
function harden(value) { if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return; seen.add(value); try { Object.freeze(value) } catch (error) { errors.push(error.message) } harden(Object.getPrototypeOf(value)); for (const key of Reflect.ownKeys(value)) { const d = Object.getOwnPropertyDescriptor(value, key); if ('value' in d) harden(d.value); else { harden(d.get); harden(d.set) } } }
for (const name of ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'Proxy', 'Reflect', 'JSON', 'Math', 'Date', 'RegExp', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Uint8Array', 'Int32Array', 'Float64Array', 'Uint32Array', 'BigInt', 'Atomics', 'TextEncoder', 'TextDecoder', 'URL', 'eval', 'parseInt', 'isNaN', 'encodeURIComponent']) harden(globalThis[name])
for (const sample of [[][Symbol.iterator](), new Map().entries(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})()]) harden(Object.getPrototypeOf(sample))
// Node.js cannot make these once nothing can be added.
for (const name of Object.getOwnPropertyNames(globalThis)) if (!/Storage$/.test(name)) void globalThis[name]
Object.freeze(globalThis)
function f(x) { return x + 1 }
class Foo { m() { return new Error('m').stack.split('\n').slice(0, 3) } }
print(errors, Object.isFrozen(globalThis), Object.isFrozen(Error), Object.isFrozen(Function.prototype), f(1), new Foo().m(), f.toString(), (() => { 'use strict'; try { globalThis.x = 1 } catch (error) { return error.message } })())
print(require('./support/after.cjs').required(), (() => { 'use strict'; try { Array.prototype.push = 1 } catch (error) { return error.message } })())
async function late() { await null; const { imported } = await import('./support/after.mjs'); print(await imported()); for (let i = 0; i < 40000; i++) f(i); return import('./support/package/lib/main.mjs') }
late().then(({ main }) => { print(main()); null.uncaught })
