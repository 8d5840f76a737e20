import type { InstrumentedTexts } from './instrumented-texts.js'
import { replacedBy, replaceMethod } from './node-internals.js'
import { call, includes, withOwnBuiltins } from './own-builtins.js'

/**
 * Makes `Function.prototype.toString` give the text that the program's author wrote, so that code
 * which sends functions to a page, a worker or another process keeps working, and code which
 * reads them reads what it knows.
 */
export function hookFunctionToString(texts: InstrumentedTexts): void {
  const { toString } = Function.prototype
  const known = new WeakMap<object, string>()

  // A method, because the original cannot be constructed either.
  const replacement = {
    toString(this: unknown): string {
      const text = call(toString, replacedBy(this) ?? this, [])
      if (typeof this !== 'function' || !includes(text, PROBE)) return text
      return withOwnBuiltins(() => {
        let original = known.get(this)
        if (original === undefined) known.set(this, (original = texts.originalOf(text) ?? text))
        return original
      })
    },
  }
  replaceMethod(Function.prototype, 'toString', replacement.toString)
}

/** What every instrumented function holds; cheaper than a look-up for the many that are not. */
const PROBE = '$t'
