// traces: calls, strictCalls, Target, mapped, recursive
const print = (...values) => console.log(JSON.stringify(values))
const attempt = (f) => { try { return f() } catch (error) { return `${error.name}: ${error.message}` } }

function calls() { return called() }
function called() { return [called.caller === calls, called.caller && called.caller.name, called.arguments.length] }
function strictCalls() { 'use strict'; return called() }
function strict() { 'use strict'; return arguments }
print(attempt(calls), attempt(strictCalls), calls.caller, calls.arguments)
print(attempt(() => strict.caller), attempt(() => strict().callee), attempt(() => strict.arguments), attempt(() => (() => 1).caller))
print(attempt(() => [1].map(function viaNative() { return viaNative.caller === Array.prototype.map || viaNative.caller })))
print([function () {}, strict, () => 1, async () => 1, function* () {}, class { m() {} }.prototype.m, { m() {} }.m].map((f) =>
  [Object.getOwnPropertyNames(f).sort(), 'caller' in f, 'arguments' in f, 'prototype' in f]))

function mapped(a, b) { arguments[0] = 'changed'; b = 'too'; delete arguments[1]; arguments[1] = 'no'; return [a, b, arguments.length, Object.keys(arguments)] }
print(mapped(1, 2, 3), mapped(), (function () { return typeof arguments.callee })(), Object.prototype.toString.call((function () { return arguments })()))
print((function (n) { return n < 2 ? n : n * arguments.callee(n - 1) })(5), (function (a = 1) { a = 2; return arguments.length })(), (() => typeof arguments)())
print((function () { return [].slice.call(arguments) })(1, 2), (function () { return [...arguments] })(3, 4), (function () { const f = () => arguments[0]; return f(9) })(8))

function Target() { this.target = new.target && new.target.name; this.arrow = (() => new.target === Target)() }
class Derived extends Target { constructor() { super(); this.own = new.target.name } }
print(new Target(), new Derived(), Reflect.construct(Target, [], Derived).target, attempt(() => Target.call({})), attempt(() => Derived()))
print([() => 1, { m() {} }.m, async function f() {}, function* g() {}, Symbol].map((Value) => attempt(() => new Value())))

const holder = { ['computed' + 1]: function () {}, arrow: () => 1, 'with space'() {}, get accessor() { return 1 }, [Symbol('sym')]: () => 2, default: class {} }
print(Reflect.ownKeys(holder).map((key) => { const d = Object.getOwnPropertyDescriptor(holder, key); const f = d.get || d.value; return [f.name, f.length] }))
const { fallback = () => 1, other = class {} } = {}
let assigned; assigned = function () {}; let logical; logical ??= () => 1
print(fallback.name, other.name, assigned.name, logical.name, (() => {}).name, (class { static name = 'own' }).name, new Function('a', 'b', '').length, ((a, b = 1, c) => 1).length, ((...r) => 1).length)
function recursive(n) { return n === 0 ? 0 : 1 + recursive(n - 1) }
print(recursive(500), this === module.exports, (function () { return this === globalThis })(), (function () { 'use strict'; return this })(), attempt(() => undefinedName), typeof undeclared)
function hoisted() { return typeof later; var later = 1 } print(hoisted(), typeof inBlock); { function inBlock() {} } print(typeof inBlock)
implicit = 1; print(Object.getOwnPropertyDescriptor(globalThis, 'implicit'), delete globalThis.implicit)
