import { findSourceMap } from 'node:module'
import { mendAssertion } from './assert-hook.js'
import { takesFramesAsTheyRun } from './frames.js'
import type { InstrumentedText } from './instrumented-text.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { call, withOwnBuiltins } from './own-builtins.js'

/** What `Error.prepareStackTrace` is: V8 and Node.js call it when a stack is first read. */
type PrepareStackTrace = (this: unknown, error: unknown, trace: readonly NodeJS.CallSite[]) => unknown

/**
 * Makes stacks those of the program: columns of the text as it was written, no frames of the
 * loader. Node.js takes whatever formats a stack from `Error.prepareStackTrace`, its own function
 * included, so what stands there, also what the program puts there, is given call sites that tell
 * the original columns. `hidesTrampoline` when there is a hook for callbacks that is not the program's.
 */
export function hookStackTraces(texts: InstrumentedTexts, ownFolder: string, hidesTrampoline: boolean): void {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')
  if (descriptor?.configurable !== true) return
  const wrapped = new WeakMap<PrepareStackTrace, PrepareStackTrace>()
  const originals = new WeakMap<PrepareStackTrace, PrepareStackTrace>()

  function wrap(prepare: PrepareStackTrace): PrepareStackTrace {
    if (takesFramesAsTheyRun(prepare)) return prepare
    const known = wrapped.get(prepare)
    if (known !== undefined) return known
    const wrapper: PrepareStackTrace = function (this: unknown, error, trace) {
      const isMapped = prepare === byNode && process.sourceMapsEnabled
      const seen = withOwnBuiltins(() => {
        if (typeof error === 'object' && error !== null) FORMATTED.add(error)
        mendAssertion(error, texts)
        const shown = hidesTrampoline ? trace.filter((site) => !isTrampoline(site)) : trace
        return seenByProgram(shown, texts, ownFolder, isMapped)
      })
      return call(prepare, this, [error, seen])
    }
    Object.defineProperties(wrapper, {
      name: { value: prepare.name, configurable: true },
      length: { value: prepare.length, configurable: true },
    })
    wrapped.set(prepare, wrapper)
    originals.set(wrapper, prepare)
    return wrapper
  }

  const byNode: unknown = descriptor.value
  if (!isPrepare(byNode)) return
  const byNodeWrapped = wrap(byNode)
  let given: unknown = byNodeWrapped
  let isAsking = false
  let nested = false

  /**
   * Whether a stack is being formatted, and so Node.js is who reads the property: V8 does not ask
   * for the stack of another error meanwhile, but formats it itself.
   */
  function isFormatting(): boolean {
    if (isAsking) {
      nested = true
      return true
    }
    isAsking = true
    nested = false
    void new Error().stack
    isAsking = false
    return !nested
  }

  Object.defineProperty(Error, 'prepareStackTrace', {
    configurable: true,
    enumerable: descriptor.enumerable ?? false,
    // Without a function here Node.js would format the stack itself, with the columns of what runs.
    get: () => (isPrepare(given) || !isFormatting() ? given : byNodeWrapped),
    set: (value: unknown) => {
      // What was read here and is put back is what it was.
      given = withOwnBuiltins(() => (isPrepare(value) ? wrap(originals.get(value) ?? value) : value))
    },
  })
}

/** Whether the stack of an error has been read: V8 has forgotten its places then. */
export function isFormatted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && FORMATTED.has(error)
}

const FORMATTED = new WeakSet()

function isPrepare(value: unknown): value is PrepareStackTrace {
  return typeof value === 'function'
}

/** What Node.js puts below a callback as soon as there is a hook for callbacks. */
function isTrampoline(site: NodeJS.CallSite): boolean {
  return site.getFileName() === 'node:internal/async_hooks' && site.getFunctionName() === 'callbackTrampoline'
}

function seenByProgram(
  trace: readonly NodeJS.CallSite[],
  texts: InstrumentedTexts,
  ownFolder: string,
  isMappedByNode: boolean,
): NodeJS.CallSite[] {
  const seen: NodeJS.CallSite[] = []
  for (const site of trace) {
    // A function of the program that calls the one it found here hands on what it was given.
    if (COPIES.has(site)) {
      seen.push(site)
      continue
    }
    const file = site.getFileName() ?? ''
    if (file.startsWith(ownFolder) || file.startsWith(`file://${ownFolder}`)) continue
    if (file === COMPILER && site.getTypeName() === 'Module' && isCompile(site)) {
      seen.push(renamed(site, '_compile'))
      continue
    }
    const origin = site.isEval() ? site.getEvalOrigin() : undefined
    if (origin !== undefined) {
      const original = originalPlaces(origin, texts)
      seen.push(original === origin ? site : changed(site, new Map([['getEvalOrigin', original]]), origin, original))
      continue
    }
    const text = file === '' ? undefined : texts.get(file)
    // Node.js leads such a text back itself, from the columns that run.
    const isLedBack = isMappedByNode && text?.isMapped === true && findSourceMap(file) !== undefined
    seen.push(text === undefined || isLedBack ? site : asWritten(site, text))
  }
  return seen
}

/** Where a text that was evaluated comes from, such as `eval at f (/app.js:1:2)`, with the columns of what was written. */
function originalPlaces(origin: string, texts: InstrumentedTexts): string {
  return origin.replace(/\(([^()]+):(\d+):(\d+)\)/g, (place, file: string, line: string, column: string) => {
    const text = texts.get(file)
    return text === undefined ? place : `(${file}:${line}:${text.originalColumn(Number(line), Number(column))})`
  })
}

/** A call site that tells the columns of the text as it was written. */
function asWritten(site: NodeJS.CallSite, text: InstrumentedText): NodeJS.CallSite {
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()]
  if (line === null || column === null) return site
  const original = text.originalColumn(line, column)
  // Where the function begins: by it Node.js looks for the function's name in a source map.
  const [enclosingLine, enclosing] = [answer(site, 'getEnclosingLineNumber'), answer(site, 'getEnclosingColumnNumber')]
  const answers = new Map([['getColumnNumber', original]])
  if (enclosingLine !== undefined && enclosing !== undefined) {
    answers.set('getEnclosingColumnNumber', text.originalColumn(enclosingLine, enclosing))
  }
  if (original === column && answers.get('getEnclosingColumnNumber') === enclosing) return site
  return changed(site, answers, `:${line}:${column}`, `:${line}:${original}`)
}

/** What V8 tells in a method that the types do not know; undefined where there is none. */
function answer(site: NodeJS.CallSite, method: string): number | undefined {
  const tell: unknown = Reflect.get(site, method)
  const told: unknown = typeof tell === 'function' ? Reflect.apply(tell, site, []) : undefined
  return typeof told === 'number' ? told : undefined
}

/** Whether it is Node's own `_compile`, whose name Node 20 gives to the function too. */
function isCompile(site: NodeJS.CallSite): boolean {
  return site.getMethodName() === null && [null, 'Module._compile'].includes(site.getFunctionName())
}

/** A method that V8 finds no name for, because it was replaced on its prototype. */
function renamed(site: NodeJS.CallSite, name: string): NodeJS.CallSite {
  return changed(site, new Map([['getMethodName', name]]), '.<anonymous>', `.${name}`)
}

/** A call site of which some answers, and the last `from` of its text, are others: V8's own are frozen. */
function changed(
  site: NodeJS.CallSite,
  answers: ReadonlyMap<string, unknown>,
  from: string,
  to: string,
): NodeJS.CallSite {
  const prototype = Object.getPrototypeOf(site) as object
  const copy = Object.create(prototype) as NodeJS.CallSite
  const siteToString = prototype.toString
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const original: unknown = Reflect.get(prototype, name)
    if (name === 'constructor' || typeof original !== 'function') continue
    const answer = answers.get(name)
    const value = answers.has(name) ? (): unknown => answer : (): unknown => call(original, site, [])
    Object.defineProperty(copy, name, { value, configurable: true, writable: true })
  }
  const toString = (): string => {
    const text = call(siteToString, site, [])
    return withOwnBuiltins(() => {
      const at = text.lastIndexOf(from)
      return at === -1 ? text : text.slice(0, at) + to + text.slice(at + from.length)
    })
  }
  Object.defineProperty(copy, 'toString', { value: toString, configurable: true, writable: true })
  COPIES.add(copy)
  return copy
}

/** Call sites that were made here. */
const COPIES = new WeakSet<NodeJS.CallSite>()

/** Where Node.js compiles CommonJS, in a method that the require hook replaces. */
const COMPILER = 'node:internal/modules/cjs/loader'
