import type { InstrumentedTexts } from './instrumented-texts.js'
import { replaceMethod } from './node-internals.js'

/**
 * Makes `Function.prototype.toString` give the text that the program's author wrote, so that code
 * which sends functions to a page, a worker or another process keeps working, and code which
 * reads them reads what it knows.
 */
export function hookFunctionToString(texts: InstrumentedTexts): void {
  const { toString } = Function.prototype
  const known = new WeakMap<object, string>()
  const own = new WeakSet<object>()

  function functionText(this: unknown): string {
    const text = Reflect.apply(toString, this, [])
    if (!PROBE.test(text) || typeof this !== 'function') return text
    const before = known.get(this)
    if (before !== undefined) return before
    const original = texts.originalOf(text) ?? text
    known.set(this, original)
    return original
  }

  replaceMethod(Function.prototype, 'toString', function (this: unknown): string {
    // It would show itself.
    return typeof this === 'function' && own.has(this) ? NATIVE_TEXT : Reflect.apply(functionText, this, [])
  })
  own.add(Function.prototype.toString)
}

/** What every instrumented function holds; cheaper than a look-up for the many that are not. */
const PROBE = /\$t\d*_/

const NATIVE_TEXT = 'function toString() { [native code] }'
