// traces: square, Foo.method, o.counter, later
const vm = require('node:vm')
const { Worker } = require('node:worker_threads')
const print = (...values) => console.log(JSON.stringify(values))

class Foo extends Array {
  #secret = () => 1
  static made = class { inner() { return 1 } }
  static { this.early = () => 'early' }
  constructor(a, b = () => a) { super(); this.b = b }
  method(a) { return a * 2 /* kept */ }
  get size() { return this.#secret() }
  set size(v) {}
  async later() { await null; return 1 }
  * steps() { const x = yield 1; yield* [x] }
  async *both() { for await (const x of []) yield x }
  static ['comp' + 'uted']() { return 2 }
}
const o = { method() { 'use strict'; return this }, get a() { return 1 }, async m() { await 0 }, *counter() { yield 1; return 2 },
  arrow: (a) => ({ a }), async: async x => await x, nested: () => () => () => 3, f: function () {}, [1 + 1]() {} }
function square(x) { const y = x * x; return y }
async function later(x) { await null; try { return await x } finally { square(1) } }
const property = (object, name, kind) => Object.getOwnPropertyDescriptor(object, name)[kind]

const all = [Foo, Foo.made, Foo.early, Foo.made.prototype.inner, Foo.prototype.method, property(Foo.prototype, 'size', 'get'),
  property(Foo.prototype, 'size', 'set'), Foo.prototype.later, Foo.prototype.steps, Foo.prototype.both, Foo.computed, new Foo(1).b,
  o.method, property(o, 'a', 'get'), o.m, o.counter, o.arrow, o.async, o.nested, o.nested(), o.nested()(), o.f, o[2], square, later,
  square.bind(null), Math.max, Function.prototype.toString, new Function('a', 'return a'), eval('(function () { return 1 })')]
all.forEach((f) => print(f.name, f.length, String(f), f.toString() === `${f}`, Object.getOwnPropertyNames(f)))
print(new Foo(1).method(2), [...o.counter()])

const page = `<html><script>window.result = (${square})(4) + (${o.arrow})(1).a; window.foo = ${Foo.made}</script></html>`
const window = {}
vm.runInNewContext(/<script>(.*)<\/script>/s.exec(page)[1], { window })
print(page, window.result, new window.foo().inner())
print(vm.runInNewContext(`(${square})(5)`), vm.runInThisContext(`(${square})(6)`), new vm.Script(`(${square})(7)`).runInThisContext(),
  eval(`(${square})(8)`), (0, eval)(`(${square})(9)`), new Function(`return (${square})(10)`)())
vm.runInNewContext(`(${later})(11).then(done)`, { square, done: (value) => print('vm', value) })
later(12).then((value) => print('here', value))
const worker = new Worker(`const { parentPort } = require('node:worker_threads')
  const square = ${square}; const later = ${later}
  later(square(3)).then((value) => parentPort.postMessage(value))`, { eval: true })
worker.once('message', (value) => print('worker', value))
