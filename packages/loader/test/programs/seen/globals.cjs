// traces: describe
const util = require('node:util')
require('node:worker_threads')
const print = (...values) => console.log(JSON.stringify(values))
function describe(object) { return Reflect.ownKeys(object).map((key) => { const d = Object.getOwnPropertyDescriptor(object, key); return [String(key), d.enumerable, d.configurable, d.writable, typeof d.get, typeof d.set, typeof d.value === 'function' && [d.value.name, d.value.length, 'prototype' in d.value]] }) }
const forIn = (object) => { const keys = []; for (const key in object) keys.push(key); return keys }
print(describe(globalThis)); print(Object.keys(globalThis), forIn(globalThis), util.inspect(globalThis).length, util.inspect(Object.getPrototypeOf(globalThis)))
print(describe(process).filter(([key]) => key !== 'env')); print(describe(Object.getPrototypeOf(process)).filter(([key]) => key !== 'emit'), forIn(process).sort())
print(process.eventNames().map(String), ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtException', 'newListener', 'warning'].map((name) => [name, process.listenerCount(name), process.listeners(name).length, process.rawListeners(name).length]), process._eventsCount)
print(process._getActiveHandles().map((h) => h.constructor.name).filter((n) => !/Socket|Pipe|WriteStream/.test(n)), process._getActiveRequests().length, process.getActiveResourcesInfo().filter((n) => !/Pipe|TTY|Immediate/.test(n)))
for (const [name, object] of Object.entries({ Function, 'Function.prototype': Function.prototype, Object, 'Object.prototype': Object.prototype, Array, 'Array.prototype': Array.prototype, Promise, 'Promise.prototype': Promise.prototype, Symbol, Reflect, JSON, Math, performance, console, Module: require('node:module'), 'Module.prototype': require('node:module').prototype, fs: require('node:fs'), vm: require('node:vm'), worker: require('node:worker_threads') })) print(name, describe(object))
print(describe(Error).filter(([key]) => key !== 'prepareStackTrace'))
print(process.argv.length, process.execArgv, process.title, process.argv0.length > 0, process.exitCode, process.domain, process.hasUncaughtExceptionCaptureCallback(), process.sourceMapsEnabled, require('node:module').findSourceMap?.(__filename) === undefined)
print(typeof require, typeof exports, Object.getOwnPropertyNames(new Function('return this')()).includes('$t_enter'), Object.keys(require('node:worker_threads').getEnvironmentData ? {} : {}), process.emit.name, process.emit.length, process.reallyExit.name)
print((() => { 'use strict'; try { for (const key of Reflect.ownKeys(globalThis)) if (/tracer/i.test(String(key))) delete globalThis[key]; return 'deleted' } catch (error) { return error.message } })())
describe({})
