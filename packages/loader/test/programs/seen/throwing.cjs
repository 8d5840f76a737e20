// traces: f, required, late, imported
// Replacements that throw, and properties on Object.prototype and Array.prototype that change what literals mean.
const { writeSync } = require('node:fs'), print = (...values) => writeSync(1, `${values[0]} ${values[1]} ${values[2]}\n`)
process.on('exit', function () { print('exit') })
const nope = (name) => function () { throw new Error(`${name} is poisoned`) }
for (const name of ['map', 'filter', 'forEach', 'find', 'findLast', 'flatMap', 'some', 'every', 'reverse', 'concat', 'splice', 'entries', 'at', 'reduce', 'fill', 'sort', 'from']) Array.prototype[name] = nope(`Array.prototype.${name}`)
for (const name of ['replace', 'replaceAll', 'matchAll', 'includes', 'lastIndexOf', 'substring', 'padStart', 'trim', 'at', 'codePointAt']) String.prototype[name] = nope(`String.prototype.${name}`)
for (const name of ['get', 'set', 'has', 'delete', 'forEach', 'entries', 'keys']) Map.prototype[name] = WeakMap.prototype[name] = nope(`Map.prototype.${name}`)
for (const name of ['add', 'has', 'delete']) Set.prototype[name] = WeakSet.prototype[name] = nope(`Set.prototype.${name}`)
for (const name of ['parse', 'stringify']) JSON[name] = nope(`JSON.${name}`)
for (const name of ['min', 'max', 'floor', 'ceil']) Math[name] = nope(`Math.${name}`)
for (const name of ['from', 'alloc', 'concat', 'byteLength', 'isBuffer']) Buffer[name] = nope(`Buffer.${name}`)
for (const name of ['toString', 'subarray', 'writeUInt32LE', 'readUInt32LE', 'slice', 'set']) Buffer.prototype[name] = nope(`Buffer.prototype.${name}`)
for (const name of ['subarray', 'slice', 'fill', 'reverse', 'lastIndexOf', 'set', 'map']) Object.getPrototypeOf(Int32Array.prototype)[name] = nope(`TypedArray.prototype.${name}`)
for (const name of ['apply', 'get', 'ownKeys', 'deleteProperty', 'construct']) Reflect[name] = nope(`Reflect.${name}`)
for (const name of ['keys', 'entries', 'values', 'assign', 'fromEntries', 'hasOwn', 'defineProperties', 'create', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'getOwnPropertyNames', 'getOwnPropertyDescriptors']) Object[name] = nope(`Object.${name}`)
for (const name of ['exec', 'test']) RegExp.prototype[name] = nope(`RegExp.prototype.${name}`)
Error.captureStackTrace = nope('captureStackTrace'); Number.isInteger = nope('isInteger'); Date.now = nope('Date.now'); performance.now = nope('performance.now'); TextEncoder.prototype.encode = nope('encode'); Error.prototype.toString = nope('Error.prototype.toString'); Promise.prototype.finally = nope('finally')
const trap = (name) => ({ configurable: true, get() { print('got', name, new Error().stack); return undefined }, set() { print('set', name, new Error().stack) } })
Object.prototype.enumerableByAll = 'yes'
for (const name of ['skipped', 'inputMap', 'facts', 'shortCircuit', 'site', 'activation', 'declaration', 'directive', 'firstSiteId', 'offset', 'insertions', 'outcome']) Object.defineProperty(Object.prototype, name, trap(name))
function f(x) { return x + 1 }
const text = f.toString(); let inFor = 0; for (const key in {}) inFor++
const { required } = require('./support/after-replaced.cjs'); const more = required()
for (let i = 0; i < 40000; i++) f(i)
async function late() { await null; for (let i = 0; i < 40000; i++) f(i); return text + more + inFor }
late().then(print)
const dynamic = () => import('./support/after-replaced.mjs').then((m) => m.imported())
dynamic().then(print)
