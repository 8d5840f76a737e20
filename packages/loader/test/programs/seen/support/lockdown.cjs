// What `lockdown()` of ses does to the start compartment, in short: tames, repairs, removes, freezes.
const { defineProperty, defineProperties, freeze, getOwnPropertyDescriptor, getOwnPropertyDescriptors, getPrototypeOf, setPrototypeOf } = Object
const { apply, construct, ownKeys } = Reflect
const { stringify } = JSON
const forbidden = (name) => { throw new TypeError(`Cannot call ${name} under lockdown`) }

function intrinsicsOf(roots) {
  const found = new Set()
  const visit = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value)) return
    found.add(value)
    visit(getPrototypeOf(value))
    for (const key of ownKeys(value)) { const { value: own, get, set } = getOwnPropertyDescriptor(value, key); visit(own); visit(get); visit(set) }
  }
  for (const root of roots) visit(root)
  return found
}

function tameDate() {
  const Original = Date
  const Tamed = function Date(...args) { if (new.target === undefined || args.length === 0) forbidden('%SharedDate%'); return construct(Original, args, new.target) }
  defineProperties(Tamed, { length: { value: 7 }, prototype: { value: Original.prototype, writable: false }, parse: { value: Original.parse, configurable: true, writable: true }, UTC: { value: Original.UTC, configurable: true, writable: true }, now: { value: { now() { forbidden('%Date.now%') } }.now, configurable: true, writable: true } })
  defineProperty(Original.prototype, 'constructor', { value: Tamed }); globalThis.Date = Tamed
}

function tameMath() {
  const { random, ...descriptors } = getOwnPropertyDescriptors(Math)
  globalThis.Math = Object.create(Object.prototype, { ...descriptors, random: { ...random, value: { random() { forbidden('%Math.random%') } }.random } })
}

function tameError() {
  const Original = Error, stacks = new WeakMap()
  Original.stackTraceLimit = 100
  Original.prepareStackTrace = (error, sites) => { stacks.set(error, sites.map((site) => `${site.getFunctionName()}:${site.getLineNumber()}:${site.getColumnNumber()}`)); return `${error.name}: ${error.message}\n${sites.map((site) => `  at ${site}`).filter((line) => !line.includes('(node:')).join('\n')}` }
  const Shared = function Error(...args) { return construct(Original, args, new.target ?? Shared) }
  defineProperties(Shared, { length: { value: 1 }, prototype: { value: Original.prototype, writable: false }, captureStackTrace: { value: Original.captureStackTrace, configurable: true, writable: true }, stackTraceLimit: { get: () => undefined, set: () => {}, configurable: true } })
  for (const Native of [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError]) setPrototypeOf(Native, Shared)
  defineProperty(Original.prototype, 'constructor', { value: Shared }); globalThis.Error = Shared
  return (error) => { void error.stack; return stacks.get(error) }
}

function tameFunctionConstructors() {
  for (const sample of [function () {}, function* () {}, async function () {}, async function* () {}]) {
    const prototype = getPrototypeOf(sample), { name } = prototype.constructor
    const Tamed = { [name]: function () { forbidden('Function.prototype.constructor') } }[name]
    setPrototypeOf(Tamed, getPrototypeOf(prototype.constructor)); defineProperty(Tamed, 'prototype', { value: prototype, writable: false })
    defineProperty(prototype, 'constructor', { value: Tamed })
  }
}

// A frozen property of a prototype must not forbid to assign one of its name: `error.message = …`.
function enableOverrides(prototype, keys = ownKeys(prototype)) {
  for (const key of keys) {
    const descriptor = getOwnPropertyDescriptor(prototype, key)
    if (descriptor === undefined || !('value' in descriptor) || !descriptor.configurable) continue
    const { value, enumerable } = descriptor
    const accessor = { get [key]() { return value }, set [key](own) { if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}'`); defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true }) } }
    const { get, set } = getOwnPropertyDescriptor(accessor, key)
    get.originalValue = value
    defineProperty(prototype, key, { get, set, enumerable, configurable: true })
  }
}

function removeUnpermitted(permitted) {
  const removed = []
  for (const [name, keys] of Object.entries(permitted)) for (const key of ownKeys(globalThis[name])) if (!keys.includes(key) && getOwnPropertyDescriptor(globalThis[name], key).configurable && delete globalThis[name][key]) removed.push(`${name}.${String(key)}`)
  return removed
}

exports.lockdown = function lockdown() {
  const stackOf = tameError(); tameDate(); tameMath(); tameFunctionConstructors()
  const removed = removeUnpermitted({ RegExp: ['prototype', 'length', 'name', Symbol.species], Reflect: ['apply', 'construct', 'defineProperty', 'deleteProperty', 'get', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'has', 'isExtensible', 'ownKeys', 'preventExtensions', 'set', 'setPrototypeOf', Symbol.toStringTag], JSON: ['parse', 'stringify', Symbol.toStringTag], Promise: ['all', 'allSettled', 'any', 'length', 'name', 'prototype', 'race', 'reject', 'resolve', Symbol.species] })
  for (const key of ['caller', 'arguments']) delete Function.prototype[key]
  for (const key of ['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']) delete Object.prototype[key]
  const samples = [[][Symbol.iterator](), new Map().entries(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})()]
  const names = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Promise', 'Proxy', 'Reflect', 'JSON', 'Math', 'Date', 'RegExp', 'Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'BigInt', 'Uint8Array', 'Uint8ClampedArray', 'Int8Array', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'Iterator']
  const roots = [...samples.map(getPrototypeOf), ...names.map((name) => globalThis[name]), getOwnPropertyDescriptor(apply(function () { 'use strict'; return arguments }, undefined, []), 'callee').get]
  for (const prototype of [Object, Function, Array, Error, TypeError, Promise, Map, Set, Date, String].map((owner) => owner.prototype)) enableOverrides(prototype)
  const intrinsics = intrinsicsOf(roots), failed = []
  for (const intrinsic of intrinsics) try { freeze(intrinsic) } catch (error) { failed.push(error.message) }
  return { removed, failed, stackOf, print: (...values) => console.log(stringify(values)) }
}
