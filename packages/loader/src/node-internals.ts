import Module from 'node:module'
import { call } from './own-builtins.js'

/**
 * The parts of Node's CommonJS loader that are not documented and that every loader hook has
 * relied on for years. Their shapes were checked on Node 20, 22, 24 and 26; the casts below are
 * the only ones that rest on that.
 */
export interface CommonJsModule {
  readonly id?: string
  _compile(content: string, filename: string, format?: string): unknown
}

export type ExtensionLoader = ((module: CommonJsModule, filename: string) => void) | undefined

export interface CommonJsLoader {
  new (id: string): CommonJsModule
  prototype: CommonJsModule
  _extensions: Record<string, ExtensionLoader>
  _resolveFilename(request: string, parent: ResolvingModule | null | undefined, ...rest: unknown[]): string
  _nodeModulePaths(folder: string): string[]
  _cache: Record<string, unknown>
}

export interface ResolvingModule {
  readonly filename?: string | null
  readonly paths?: readonly string[]
}

export const commonJsLoader = Module as unknown as CommonJsLoader

/** Node's process: `reallyExit` ends it at once, after the `exit` listeners; `_eval` is the text given to `--eval`. */
export interface InternalProcess {
  readonly _eval?: string
  /** Whether the `exit` event is on its way or over. */
  readonly _exiting?: boolean
  readonly exitCode?: unknown
  reallyExit(this: InternalProcess, code?: number): never
  /** Called by C++ with what nothing caught; false ends the process. */
  _fatalException(this: InternalProcess, error: unknown, fromPromise: boolean): boolean
  /** Deprecated, and no longer there for this one since v23. */
  binding?(name: 'async_wrap'): { readonly setPromiseHooks?: (...hooks: undefined[]) => void }
  emitWarning(this: InternalProcess, warning: unknown, ...rest: unknown[]): void
  emit(this: InternalProcess, event: string | symbol, ...args: unknown[]): boolean
  /** What listens, by event, and of how many events. */
  readonly _events: Record<string | symbol, unknown>
  _eventsCount: number
}

export const internalProcess = process as unknown as InternalProcess

/** Does work that would make Node.js warn of a feature that the program did not choose. */
export function withoutWarning<Result>(feature: string, work: () => Result): Result {
  const { emitWarning } = internalProcess
  replaceMethod(internalProcess, 'emitWarning', function emit(this: InternalProcess, warning, ...rest) {
    if (typeof warning !== 'string' || !warning.startsWith(feature)) emitWarning.call(this, warning, ...rest)
  })
  try {
    return work()
  } finally {
    replaceMethod(internalProcess, 'emitWarning', emitWarning)
  }
}

/** Replaces a method and leaves everything else that can be seen of it as it was. */
export function replaceMethod<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  replacement: Owner[Name],
): void {
  const descriptor = inheritedDescriptor(owner, name) ?? { configurable: true, enumerable: false, writable: true }
  const original = owner[name]
  if (typeof original === 'function' && typeof replacement === 'function') disguise(replacement, original)
  Object.defineProperty(owner, name, { ...descriptor, value: replacement })
}

/** The same for a property that is computed. */
export function replaceGetter(owner: object, name: string, replacement: (this: never) => unknown): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  if (descriptor?.get === undefined) return
  disguise(replacement, descriptor.get)
  Object.defineProperty(owner, name, { ...descriptor, get: replacement })
}

/** What stands in the place of a function is known for it: its text is to be that one's. */
export function replacedBy(replacement: unknown): unknown {
  return call(getReplaced, REPLACED, [replacement])
}

const REPLACED = new WeakMap<object, object>()
const { get: getReplaced } = REPLACED

/** Makes one function pass for another: its name, its length, its text. */
export function disguise(replacement: object, original: { readonly name: string; readonly length: number }): void {
  REPLACED.set(replacement, REPLACED.get(original) ?? original)
  Object.defineProperties(replacement, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
  })
}

function inheritedDescriptor(owner: object | null, name: PropertyKey): PropertyDescriptor | undefined {
  if (owner === null) return undefined
  const own = Object.getOwnPropertyDescriptor(owner, name)
  return own ?? inheritedDescriptor(Object.getPrototypeOf(owner) as object | null, name)
}
