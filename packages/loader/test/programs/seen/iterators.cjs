// traces: f, stackOf, late
// Iteration, calls and pushes of the whole realm are broken, only after everything that Node.js itself needs.
const print = console.log, { exit } = process; print('begin')
function f(x) { return x + 1 }
const stackOf = () => new Error('s').stack
Array.prototype[Symbol.iterator] = function () { print('iterated', stackOf.name); throw new Error('no iteration') }
Map.prototype[Symbol.iterator] = Set.prototype[Symbol.iterator] = String.prototype[Symbol.iterator] = Array.prototype[Symbol.iterator]
Object.getPrototypeOf(Object.getPrototypeOf(new Map().entries())).next = null
Array.prototype.push = Array.prototype.slice = Array.prototype.join = Array.prototype.indexOf = Array.prototype.includes = function () { throw new Error('no array method') }
String.prototype.startsWith = String.prototype.split = String.prototype.slice = String.prototype.indexOf = String.prototype.charCodeAt = String.prototype.endsWith = function () { throw new Error('no string method') }
Object.defineProperty = Object.freeze = Object.setPrototypeOf = Symbol.for = function () { throw new Error('no object method') }
async function late() { await null; for (let i = 0; i < 40000; i++) f(i); return f(41) }
print(f.toString(), typeof stackOf())
late().then((value) => { print(value); exit(3) })
