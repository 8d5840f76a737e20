import vm from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import { PROBE_GLOBAL } from './instrumented-texts.mjs'

// Since Node 22.8; without it, the global object is one that V8 asks through interceptors.
const ORDINARY_GLOBAL = /** @type {vm.Context | undefined} */ (
  /** @type {unknown} */ (Reflect.get(vm.constants, 'DONT_CONTEXTIFY'))
)

setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc')

/**
 * The probes of a realm, made of its own functions: what they throw when the stack is full is an
 * error of the program's realm, as it is in a traced program.
 */
const PROBES = new vm.Script(`Object.defineProperty(globalThis, '${PROBE_GLOBAL}', {
  configurable: true,
  value: (function () {
    'use strict'
    const begin = (site) => ({ site, start: 0, id: 0, run: 0 })
    return {
      enter: () => 0,
      exit: () => undefined,
      begin,
      generate: begin,
      pause: (_, value) => value,
      iterate: (_, value) => value,
      resume: (_, value) => value,
      reopen: () => undefined,
      end: () => undefined,
      pauser: () => ({ [Symbol.dispose]: () => undefined }),
      asked: () => 0,
      answer: () => undefined,
      beginModule: begin,
      endModule: (_, value) => value,
    }
  })(),
})`)

/** What the loader does to `toString` in a traced program. */
const FUNCTION_TEXTS = new vm.Script(`(originalText) => {
  'use strict'
  const { toString } = Function.prototype
  const hook = {
    toString() {
      const text = Reflect.apply(toString, this === hook ? toString : this, [])
      return originalText(text)
    },
  }.toString
  Object.defineProperty(Function.prototype, 'toString', { value: hook, writable: true, configurable: true })
}`)

/** @typedef {(specifier: string, referrer: unknown, attributes: unknown) => Promise<unknown>} DynamicImport */

/**
 * What a test's realm asks of its host.
 *
 * @typedef {object} RealmHost
 * @property {boolean} hasProbes
 * @property {(text: string) => string} [originalText] gives functions back the text they have without probes
 * @property {(message: string) => void} print
 * @property {DynamicImport} importModule
 * @property {(change: 1 | -1) => void} countTimers
 */

/**
 * A fresh realm with what test262 expects of its host. Where Node can, its global object is an
 * ordinary one.
 *
 * @param {RealmHost} host
 * @returns {vm.Context}
 */
export function createRealm(host) {
  const context = vm.createContext(ORDINARY_GLOBAL)
  const globalObject = vm.runInContext('globalThis', context)
  if (host.hasProbes) PROBES.runInContext(context)
  if (host.originalText !== undefined) {
    Reflect.apply(FUNCTION_TEXTS.runInContext(context), undefined, [host.originalText])
  }
  const define = (/** @type {string} */ name, /** @type {unknown} */ value) =>
    Object.defineProperty(globalObject, name, { value, writable: true, configurable: true, enumerable: false })
  define('print', (/** @type {unknown} */ message) => host.print(String(message)))
  define('setTimeout', (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    host.countTimers(1)
    setTimeout(() => {
      host.countTimers(-1)
      callback()
    }, ms)
  })
  define('$262', {
    global: globalObject,
    createRealm: () => vm.runInContext('$262', createRealm(host)),
    evalScript: (/** @type {string} */ code) => runScript(code, 'evalScript', context, host),
    detachArrayBuffer: (/** @type {ArrayBuffer} */ buffer) => {
      structuredClone(buffer, { transfer: [buffer] })
      return null
    },
    gc: () => collectGarbage(),
    agent: {},
  })
  return context
}

/**
 * @param {string} code
 * @param {string} filename
 * @param {vm.Context} context
 * @param {RealmHost} host
 * @returns {unknown}
 */
function runScript(code, filename, context, host) {
  return compileScript(code, filename, host).runInContext(context)
}

/**
 * @param {string} code
 * @param {string} filename
 * @param {RealmHost} host
 */
export function compileScript(code, filename, host) {
  const importModuleDynamically = /** @type {NonNullable<vm.ScriptOptions['importModuleDynamically']>} */ (
    host.importModule
  )
  return new vm.Script(code, { filename, importModuleDynamically })
}
