// traces: one, three, Thing.read
import { inspect } from 'node:util'

const print = (...values) => console.log(...values)
const stackOf = (error) => error.stack.replaceAll(import.meta.url, 'here')

function gives() {
  return Promise.resolve('a').then(function one(a) { print(stackOf(new Error(a))); return one }).then((one) => { print(String(one), one.name, one.length) }, (e) => print(e))
}

class Thing {
  name = 'thing'
  own = Promise.resolve(1).then((a) => print(this.name, a))
  async read(...rest) {
    await Promise.resolve(2)
    return Promise.reject(new Error('no')).catch(async (e) => { await null; print(stackOf(e), arguments.length, rest, super.toString()); throw e }).finally(() => print('over'))
  }
}

const given = []
const thenable = { then(...callbacks) { given.push(...callbacks.map((it) => [it.name, it.length, it.toString(), inspect(it), 'prototype' in it])) } }
thenable.then(function two(a) { return two(a) }, async (a, b = 1) => { await a })
thenable.then((a) => a.then((b) => given(b)), function* three() { yield 1 })
print(given, gives.toString(), Thing.toString())

await gives()
await new Thing().read(1).then(() => {}, function three(error) { print(stackOf(error)) })
const stacks = ['x', 'y'].map((name) => Promise.resolve(name).then((a) => Promise.resolve(a).then((b) => { Error.stackTraceLimit = 3; return stackOf(new Error(b)) })))
print(await Promise.all(stacks))
Error.stackTraceLimit = 10
await Promise.any([1, 2].map((n) => Promise.reject(n).then(null, (m) => { throw new Error(`${m}`) }))).catch((all) => print(all.errors.map(stackOf)))
const endless = (n) => Promise.resolve(n).then((m) => { const deeper = (k) => k + deeper(k); return deeper(m) })
await endless(1).catch((error) => print(error.message))
Promise.resolve().then((thrown = null) => { thrown.property })
