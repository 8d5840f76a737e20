// traces: f, required, late, imported, G.g
// Every method that the recorder could use notes its calls, which are Node's own.
const { getOwnPropertyDescriptor: describe, defineProperty: define } = Object, { ownKeys, apply } = Reflect, { stringify } = JSON, { indexOf } = Array.prototype, print = console.log
let calls = [], armed = false
const owners = { 'Array.prototype': Array.prototype, 'String.prototype': String.prototype, 'Map.prototype': Map.prototype, 'Set.prototype': Set.prototype, 'WeakMap.prototype': WeakMap.prototype, 'WeakSet.prototype': WeakSet.prototype, 'Function.prototype': Function.prototype, 'Object.prototype': Object.prototype, 'RegExp.prototype': RegExp.prototype, 'Number.prototype': Number.prototype, TypedArray: Object.getPrototypeOf(Int32Array.prototype), 'Buffer.prototype': Buffer.prototype, Buffer, Object, Reflect, JSON, Math, Array, Number, String, Symbol, Atomics, Int32Array, Uint32Array, 'TextEncoder.prototype': TextEncoder.prototype, 'TextDecoder.prototype': TextDecoder.prototype, 'ArrayIterator': Object.getPrototypeOf([][Symbol.iterator]()), 'MapIterator': Object.getPrototypeOf(new Map().entries()), 'StringIterator': Object.getPrototypeOf(''[Symbol.iterator]()), 'MatchIterator': Object.getPrototypeOf('a'.matchAll(/a/g)), 'Promise.prototype': Promise.prototype, 'Date.prototype': Date.prototype, Date, performance: Object.getPrototypeOf(performance), 'Error.prototype': Error.prototype, path: require('node:path'), util: require('node:util') }
for (const owner in owners) for (const key of ownKeys(owners[owner])) {
  const d = describe(owners[owner], key)
  if (!d.configurable || key === 'constructor' || key === 'prototype') continue
  const count = (original) => typeof original === 'function' && function (...args) { if (armed) calls[calls.length] = `${owner}.${typeof key === 'symbol' ? 'symbol' : key}`; return new.target ? Reflect.construct(original, args) : apply(original, this, args) }
  if (typeof d.value === 'function') define(owners[owner], key, { ...d, value: count(d.value) })
  else if (d.get) define(owners[owner], key, { ...d, get: count(d.get) })
}
const tally = () => { const counts = Object.create(null); for (const name of calls) counts[name] = (counts[name] ?? 0) + 1; return counts }
function f(x) { return x + 1 }
class G { static g() { return new Error('g') } }
armed = true
f(1); for (let i = 0; i < 40000; i++) f(i)
const text = f.toString(), error = G.g(), { stack } = error
armed = false; print(stringify(text), stack.split('\n').slice(0, 3).join(), stringify(tally())); calls = []
// Loading asks Node.js for paths and buffers, more often where there are hooks.
armed = true; const { required } = require('./support/after.cjs'), seen = required()
armed = false; print(stringify(seen), stringify(calls.filter((name) => !/^(path|Buffer)/.test(name)))); calls = []
async function late() { const { imported } = await import('./support/after.mjs'); armed = true; const value = await imported(); armed = false; return value }
late().then((value) => { print(stringify(value), stringify(calls.filter((name) => !/^(path|Buffer)/.test(name)))); calls = []; process.on('exit', () => { print(stringify(calls.filter((name) => !/^(path|Buffer)/.test(name)))) }); armed = true })
