// traces: f, required, late, imported, Made
const print = (...values) => console.log(JSON.stringify(values))
const { defineProperty } = Object
for (const name of ['performance', 'Date', 'WeakRef', 'SharedArrayBuffer', 'Atomics', 'Int32Array', 'Float64Array', 'Uint32Array', 'TextEncoder', 'TextDecoder', 'Buffer', 'BigInt', 'setTimeout', 'queueMicrotask', 'structuredClone', 'URL', 'Intl', 'WebAssembly', 'EventTarget', 'crypto', 'DataView', 'Reflect', 'Math', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'RegExp', 'Number', 'String', 'BigInt64Array', 'Uint8Array']) print(name, delete globalThis[name])
process.hrtime = () => { throw new Error('hrtime') }; process.cwd = () => { throw new Error('cwd') }; process.on = process.once = process.addListener = () => { throw new Error('on') }
globalThis.Map = class FakeMap { constructor() { throw new Error('fake Map') } }; globalThis.Promise = class { constructor() { throw new Error('fake Promise') } static resolve() { throw new Error('fake resolve') } }; globalThis.Object = { fake: true }; globalThis.Array = function () { throw new Error('fake Array') }; globalThis.Function = null; globalThis.Error = class extends Error { constructor(m) { super(`fake ${m}`) } }; globalThis.JSON = { parse() { throw 1 }, stringify: () => 'fake' }
const fs = require('node:fs'); for (const name of ['writeSync', 'writevSync', 'readFileSync', 'openSync', 'fstatSync', 'mkdirSync', 'writeFileSync', 'renameSync', 'closeSync', 'existsSync', 'statSync']) { const original = fs[name]; fs[name] = function (...args) { if (typeof args[0] === 'string' && !/data\.json|after/.test(args[0])) console.log('fs', name, typeof args[0]); return original.apply(this, args) } }
function f(x) { return x + 1 }
function Made() { this.a = f(1) }
console.log(new Made().a, f.toString(), typeof Map, Object.fake)
const { required } = require('./support/after-replaced.cjs'); console.log(required())
async function late() { await null; const { imported } = await import('./support/after-replaced.mjs'); console.log(await imported()); for (let i = 0; i < 40000; i++) f(i) }
late().then(() => console.log('end'))
