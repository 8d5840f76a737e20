import { inspect, types } from 'node:util'
import { runInNewContext } from 'node:vm'
import type { CoverageEnd } from './coverage-hook.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { isTypeScript } from './module-text.js'
import { internalProcess, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'
import { isFormatted } from './stack-hook.js'

/**
 * Shows the source line of an uncaught error as it was written. Node.js takes the line from the
 * text that runs and prints it from C++, unless the error says that its stack holds one already.
 */
export function hookFatalException(texts: InstrumentedTexts, coverage: CoverageEnd | undefined): void {
  const { _fatalException } = internalProcess
  // A method, because the original cannot be constructed either.
  const methods = {
    _fatalException(this: InternalProcess, error: unknown, fromPromise: boolean): boolean {
      // V8 has said before this where it happened; of a rejection, whose stack had been read, it knew nothing.
      const isPlaceLost = fromPromise && withOwnBuiltins(() => isFormatted(error))
      const isHandled = call(_fatalException, this, [error, fromPromise])
      if (!isHandled && !isPlaceLost && error instanceof Error) {
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
  const shown = fromPromise ? frames(stack, texts).next().value : whereThrown(error, stack, texts)
  if (shown === undefined) return
  const { place, line, text, column } = shown
  const excerpt = `${place}:${line}\n${text}\n${text.slice(0, column).replace(/[^\t]/g, ' ')}^\n`
  const printed = asPrinted(error, stack)
  markAsDecorated(error)
  error.stack = types.isNativeError(error) ? `${excerpt}\n${printed}` : `\n${excerpt}${printed}`
}

/** Node.js completes the name of an error of a class of its own (`Own [Error]`), but only where a stack begins with it. */
function asPrinted(error: Error, stack: string): string {
  const [first] = /\n {4}at .*/.exec(stack) ?? []
  const printed = inspect(error, { customInspect: false, depth: 0, colors: false })
  if (first === undefined || !printed.includes(first)) return stack
  return printed.slice(0, printed.indexOf(first)) + stack.slice(stack.indexOf(first))
}

/** A place in a text as it was written; `column` is from 0. */
interface Place {
  readonly place: string
  readonly line: string
  readonly text: string
  readonly column: number
  /** Whether it is in a constructor, perhaps of the error. */
  readonly isConstructor: boolean
}

/** The frames of a stack, as long as they are in texts with probes. */
function* frames(stack: string, texts: InstrumentedTexts): Generator<Place, undefined> {
  for (const [, isNew, place = '', line = '', column] of stack.matchAll(FRAME)) {
    // Of compiled TypeScript the stack tells the source's lines, for which Node.js asks its map.
    const text = isTypeScript(place) ? undefined : texts.get(place)?.originalLine(Number(line))
    if (text === undefined) return
    yield { place, line, text, column: Number(column) - 1, isConstructor: isNew !== undefined }
  }
}

/**
 * Where V8 says that an error was thrown, as far as the places tell where it was made: at the
 * `throw` of the same statement, or there if V8 made it. Elsewhere Node.js is left to show the line.
 */
function whereThrown(error: Error, stack: string, texts: InstrumentedTexts): Place | undefined {
  for (const frame of frames(stack, texts)) {
    const { text, column } = frame
    const statement = /\bthrow\b[^;{}]*$/.exec(text.slice(0, column))
    if (statement !== null) return { ...frame, column: statement.index }
    if (isByV8(error, text.slice(column))) return frame
    if (!frame.isConstructor && !text.startsWith('super', column)) return undefined
  }
  return undefined
}

/** Whether no `new TypeError()` or the like stands where an error of such a class was made. */
function isByV8(error: Error, made: string): boolean {
  const { name } = BY_V8.find(({ prototype }) => prototype === Object.getPrototypeOf(error)) ?? {}
  return name !== undefined && !made.startsWith(`new ${name}`) && !made.startsWith(`${name}(`)
}

/** Of a SyntaxError V8 shows the text that it could not read. */
const BY_V8 = [TypeError, ReferenceError, RangeError, URIError]

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

const FRAME = /^ {4}at (new )?(?:.* \()?((?:file:\/\/)?[^()\n]*?):(\d+):(\d+)\)?$/gm

/** An `error` event that nobody listened to is thrown by Node.js itself, which shows its own line. */
function isEmitted(error: Error): boolean {
  return Object.getOwnPropertySymbols(error).some(({ description }) => description === 'kEnhanceStackBeforeInspector')
}
