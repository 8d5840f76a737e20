import { runInNewContext } from 'node:vm'
import type { CoverageEnd } from './coverage-hook.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { isTypeScript } from './module-text.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'

/**
 * Shows the source line of an uncaught error as it was written. Node.js takes the line from the
 * text that runs and prints it from C++, unless the error says that its stack holds one already.
 */
export function hookFatalException(texts: InstrumentedTexts, coverage: CoverageEnd | undefined): void {
  const { _fatalException } = internalProcess
  // A method, because the original cannot be constructed either.
  const methods = {
    _fatalException(this: InternalProcess, error: unknown, fromPromise: boolean): boolean {
      const isHandled = call(_fatalException, this, [error, fromPromise])
      if (!isHandled && error instanceof Error) {
        try {
          withOwnBuiltins(() => showOriginalLine(error, fromPromise, texts))
        } catch {
          // The program's error matters, and is printed in any case.
        }
      }
      if (!isHandled && coverage !== undefined) withOwnBuiltins(coverage.prepare)
      return isHandled
    },
  }
  replaceMethod(internalProcess, '_fatalException', methods._fatalException)
}

function showOriginalLine(error: Error, fromPromise: boolean, texts: InstrumentedTexts): void {
  const { stack } = error
  if (typeof stack !== 'string' || isEmitted(error)) return
  const [, place, line, column] = TOP_FRAME.exec(stack) ?? []
  // Of compiled TypeScript the stack tells the source's lines, for which Node.js asks its map.
  if (place === undefined || isTypeScript(place)) return
  const text = texts.get(place)?.originalLine(Number(line))
  if (text === undefined) return
  const caret = fromPromise ? Number(column) - 1 : thrownFrom(text, Number(column) - 1)
  const excerpt = `${place}:${line}\n${text}\n${text.slice(0, caret).replace(/[^\t]/g, ' ')}^\n\n`
  markAsDecorated(error)
  error.stack = excerpt + stack
}

/** Where V8 says that an error was thrown: at the `throw`, if it was made in the same statement. */
function thrownFrom(line: string, column: number): number {
  return /\bthrow\b[^;{}]*$/.exec(line.slice(0, column))?.index ?? column
}

/**
 * Node.js marks an error whose stack holds a source line when a script of `node:vm` throws it, and
 * prints such an error without looking for the line.
 */
function markAsDecorated(error: Error): void {
  try {
    // In a context of its own, because the global object may be frozen.
    runInNewContext('throw error', { error }, { displayErrors: true })
  } catch {
    // As it was meant to.
  }
}

const TOP_FRAME = /^ {4}at (?:.* \()?((?:file:\/\/)?[^()\n]*?):(\d+):(\d+)\)?$/m

/** An `error` event that nobody listened to is thrown by Node.js itself, which shows its own line. */
function isEmitted(error: Error): boolean {
  return Object.getOwnPropertySymbols(error).some(({ description }) => description === 'kEnhanceStackBeforeInspector')
}
