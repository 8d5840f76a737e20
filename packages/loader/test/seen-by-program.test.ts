import { describe, expect, it } from 'vitest'
import { bareAndRecorded } from './compare.js'

function expectSame(files: Readonly<Record<string, string>>, nodeArgs: readonly string[] = []): void {
  const { bare, recorded } = bareAndRecorded(files, nodeArgs)
  expect(recorded).toEqual(bare)
}

const FUNCTIONS = `
  function declared(a, b = 1) { return a /* comment */ }
  const arrow = (a) => ({ a }), asynchronous = async (x) => await x, short = x=>x
  function* generator() { yield* [1]; const x = yield; }
  async function* both() { for await (const a of b) { try { await a } catch { } finally { } } return 1 }
  class Foo extends Array { #p = () => 1; static s() {} get g() { return this.#p() } static { Foo.s() } async m() {} constructor() { super() } }
  const object = { method() { 'use strict'; return 1 }, get size() { return 2 }, async *gen() {} }
  const all = [declared, arrow, asynchronous, short, generator, both, Foo, Foo.s, Foo.prototype.m, object.method, object.gen,
    Object.getOwnPropertyDescriptor(Foo.prototype, 'g').get, Object.getOwnPropertyDescriptor(object, 'size').get, Math.max, class {}]`

describe('the text of functions', () => {
  const print = `console.log(all.map(String).join('\\n'), all.map((f) => [f.name, f.length].join()).join('|'),
    Function.prototype.toString.toString(), Function.prototype.toString.name, Function.prototype.toString.length)`

  it('is that of the source, in CommonJS', () => expectSame({ 'app.cjs': FUNCTIONS + print }))

  it('is that of the source, in ES modules', () => expectSame({ 'app.mjs': FUNCTIONS + print }))

  it('runs when it is sent elsewhere', () => {
    expectSame({
      'app.cjs': `
        const vm = require('vm'), { Worker } = require('worker_threads')
        const square = (x) => { const y = x * x; return y }
        console.log(vm.runInNewContext('(' + square + ')(4)'), new Function('return (' + square + ')(5)')(), eval('(' + square + ')(6)'))
        const worker = new Worker('require("worker_threads").parentPort.postMessage((' + square + ')(7))', { eval: true })
        worker.once('message', (message) => console.log(message))`,
    })
  })

  it('comes from a method that looks like the original', () => {
    expectSame({
      'app.cjs': `
        const { toString } = Function.prototype
        console.log('prototype' in toString, Object.getOwnPropertyNames(toString).sort().join())
        console.log(Object.getOwnPropertyDescriptor(Function.prototype, 'toString'))
        try { new toString() } catch (e) { console.log(e.name) }`,
    })
  })

  it('of what is no function is an error', () => {
    expectSame({
      'app.cjs': 'function f() {} try { Function.prototype.toString.call({}) } catch (e) { console.log(e.message) }',
    })
  })
})

describe('stacks', () => {
  const STACKS = `
    function outer() { return inner(1) } function inner() { return new Error('here').stack }
    console.log(outer().split('\\n').slice(0, 3).join('\\n'))
    class K { static make() { return new K() } constructor() { this.s = new Error('k').stack } get g() { return new Error('g').stack } }
    console.log(K.make().s.split('\\n').slice(0, 3).join('\\n'), K.make().g.split('\\n')[1])
    console.log([1].map(function cb() { return new Error('cb').stack })[0].split('\\n').slice(0, 3).join('\\n'))
    try { null.foo } catch (e) { console.log(e.stack.split('\\n')[1]) }
    const o = {}; Error.captureStackTrace(o, inner); console.log(o.stack.split('\\n').slice(0, 2).join())
    const arrow = async () => { await null; return new Error('async').stack }; const caller = async () => await arrow()
    caller().then(console.log)`

  it('have the columns and names of the source, in CommonJS', () => expectSame({ 'app.cjs': STACKS }))

  it('have the columns and names of the source, in ES modules', () => expectSame({ 'app.mjs': STACKS }))

  it('are formatted by what the program puts at Error.prepareStackTrace, and put back', () => {
    expectSame({
      'app.cjs': `
        function f() { return new Error('x').stack }
        const before = Error.prepareStackTrace
        Error.prepareStackTrace = (error, trace) => trace
        const trace = f()
        Error.prepareStackTrace = before
        console.log(trace[0].getFunctionName(), trace[0].getLineNumber(), trace[0].getColumnNumber(), String(trace[0]),
          trace[0].getTypeName(), trace[0].isConstructor(), trace[0].constructor.name)
        console.log(Error.prepareStackTrace === before, f().split('\\n')[1])
        Error.prepareStackTrace = undefined
        console.log(f().split('\\n')[1])`,
    })
  })

  it('are formatted by functions of the program that call one another', () => {
    expectSame({
      'app.cjs': `
        const one = (error, trace) => trace.map((site) => [site.isNative(), site.getColumnNumber()]).join(';')
        Error.prepareStackTrace = one
        const before = Error.prepareStackTrace
        Error.prepareStackTrace = (error, trace) => before(error, trace.slice(0, 1))
        function f() { return new Error('x').stack }
        console.log(f())`,
    })
  })

  it('tell where functions begin, and the names of frames in Node.js', () => {
    expectSame({
      'app.cjs': `
        Error.prepareStackTrace = (error, trace) => trace
        function outer() { const inner = () => new Error('x').stack; return inner() }
        for (const site of outer()) {
          // The last frame can be cut off.
          if (site.getFileName().endsWith('run_main')) break
          console.log(site.getFunctionName(), site.getMethodName(), site.getEnclosingLineNumber(), site.getEnclosingColumnNumber())
        }`,
    })
  })

  it('are led back once when coverage gives texts a map and Node.js applies it', () => {
    const app =
      "function f() { return g() } function g() { return new Error('x').stack } console.log(f().split('\\n', 4).join())"
    const { bare, recorded } = bareAndRecorded({ 'app.cjs': app }, ['--enable-source-maps'], {
      NODE_V8_COVERAGE: 'coverage',
    })
    expect(recorded).toEqual(bare)
  })

  it('that are led back by source maps still are', () => {
    const map = { version: 3, sources: ['source.ts'], names: [], mappings: ';AAEE' }
    const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`
    expectSame({ 'app.cjs': `function f() { throw new Error('mapped') }\nf()\n${comment}` }, ['--enable-source-maps'])
  })
})

describe('an uncaught error', () => {
  it.each([
    ['thrown', { 'app.cjs': "const a = 1; function f() { throw new Error('oh') } f()" }],
    ['of the engine', { 'app.mjs': '\n\tfunction f() { null.x } f()' }],
    ['rejected', { 'app.mjs': "async function f() { await null;\n  throw new TypeError('no') } f()" }],
    ['with properties', { 'app.cjs': "const e = new Error('p'); e.code = 'X'; Promise.reject(e)" }],
    [
      'emitted',
      { 'app.cjs': "const { EventEmitter } = require('events'); new EventEmitter().emit('error', new Error('e'))" },
    ],
    ['of Node.js', { 'app.cjs': "require('fs').readFileSync('/does/not/exist')" }],
    ['of syntax', { 'app.cjs': 'syntax error here' }],
    [
      'that is caught after all',
      {
        'app.cjs':
          "process.on('uncaughtException', (e) => console.log(e.stack.split('\\n')[1])); (() => { throw new Error('x') })()",
      },
    ],
  ])('%s is printed with the line and columns of the source', (_, files) => {
    expectSame(files)
  })
})

describe('the module cache', () => {
  it('holds the modules of the program only, after JavaScript and TypeScript have been loaded', () => {
    const names = "Object.keys(require.cache).map((file) => require('path').basename(file)).join()"
    expectSame({
      'app.cjs': `require('./part.cjs'); console.log(${names}); setTimeout(() => console.log(${names}))`,
      'part.cjs': 'exports.f = async () => { await 1 }',
    })
  })
})

describe('the message of a failed assert', () => {
  const ASSERTS = `
    function f(x) { return x }
    for (const attempt of [
      () => assert(f(1) === 2), () => { assert.ok(
        f(1) &&
          f(0)) },
      () => { assert.strict(f('ä') === f(\`
          a\`)) },
    ]) { try { attempt() } catch (e) { console.log(e.name, e.message) } }`

  it('shows the expression, in CommonJS', () =>
    expectSame({ 'app.cjs': `const assert = require('assert');${ASSERTS}` }))

  it('shows the expression, in ES modules', () => expectSame({ 'app.mjs': `import assert from 'assert';${ASSERTS}` }))
})

it('call sites that util.getCallSites gives are those of the source', () => {
  expectSame({
    'app.mjs': `import * as util from 'util'; import './b.cjs'
      const plain = (sites) => sites?.map(({ scriptId, ...site }) => site)
      function f() { return plain(util.getCallSites?.(3)) } console.log(f(), util.getCallSites?.name, util.getCallSites?.length)
      try { util.getCallSites?.(-1) } catch (e) { console.log(e.message) }`,
    'b.cjs': `const { getCallSites } = require('util'); function f() { return getCallSites?.({})?.map(({ scriptId, ...site }) => site) } console.log(f())`,
  })
})
