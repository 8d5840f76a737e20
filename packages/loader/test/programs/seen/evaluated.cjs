// traces: host, callback
// args: --experimental-vm-modules --no-warnings
const vm = require('node:vm')
const print = (...values) => console.log(JSON.stringify(values))
const attempt = (f) => { try { return f() } catch (error) { return [error.name, error.message, error.stack.split('\n').slice(0, 3).filter((line) => !line.includes('node:vm'))] } }
var outer = 'global'; globalThis.outerGlobal = 'global'
function host() { let outer = 'local'; const direct = eval('outer'), indirect = (0, eval)('typeof outer'); eval('var declared = 1; outer = "changed"'); return [direct, indirect, outer, declared, new Function('return typeof outer')(), eval('new.target') === undefined, eval('arguments.length'), eval('this === globalThis')] }
print(host(), attempt(() => eval('(')), attempt(() => eval('throw new Error("e")')), attempt(() => new Function('a', 'return a.b.c')()), eval('(() => { function inner() { return inner.toString() } return inner() })()'))
;(function () { 'use strict'; eval('var hidden = 1'); print(typeof hidden, eval('(function () { return this })()')) })()
const callback = (x) => x * 2, context = vm.createContext({ callback, print, out: [] })
print(vm.runInContext('var g = callback(4); out.push(g); [g, typeof globalThis.process, Object.keys(globalThis), Reflect.ownKeys(globalThis).includes("__tracer_probes__"), (function f() { return f.toString() })()]', context), Object.keys(context))
print(attempt(() => vm.runInContext('throw new Error("in context")', context, 'context.js')), attempt(() => vm.runInNewContext('no.such', {}, { filename: 'other.js', lineOffset: 5, columnOffset: 3 })), attempt(() => new vm.Script('a b', { filename: 'bad.js' })), attempt(() => vm.runInThisContext('(function t() { throw new Error("t") })()', 'this.js')), attempt(() => vm.runInThisContext('for (;;);', { timeout: 20 })))
print(vm.compileFunction('return a + b + callback(1)', ['a', 'b'], { parsingContext: context })(1, 2), new vm.Script('1 + 1', { cachedData: new vm.Script('1 + 1').createCachedData() }).cachedDataRejected, vm.isContext(context), attempt(() => vm.runInContext('(async () => { await 1; return callback(1) })().then(print)', context) && 'async'))
print(new (vm.runInContext('class A { #p = callback(5); get p() { return this.#p } }; A', context))().p, require('node:util').inspect(vm.runInContext('new Map([[1, { a: 2 }]])', context)), vm.runInContext('Error.prepareStackTrace = (e, s) => s.length > 0; new Error("x").stack', context))
;(async () => {
  const module = new vm.SourceTextModule('import { value } from "synthetic"; export const f = (x) => [x, value, import.meta.own, f.toString()]; export default await f(1)', { context, initializeImportMeta: (meta) => { meta.own = 'meta' }, importModuleDynamically: (s) => import(s) })
  const synthetic = new vm.SyntheticModule(['value'], function () { this.setExport('value', callback(21)) }, { context })
  await module.link(() => synthetic); await module.evaluate(); print(module.namespace.default, module.status, Object.keys(module.namespace))
  print(await vm.runInThisContext('import("node:path").then((m) => m.sep)', { importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER }), await new Function('return import("node:fs").then((m) => typeof m.readFileSync)')(), await eval('import("./support/meta.mjs")').then((m) => m.own()[0]))
})()
