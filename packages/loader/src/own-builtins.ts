import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import url from 'node:url'
import { TextDecoder, TextEncoder } from 'node:util'

/**
 * The built-ins as they were before the program's first line. A program may replace any of them,
 * by something that throws, counts or answers differently; what the loader does goes by none of
 * that, and is seen by none of it.
 */
const { defineProperty, getOwnPropertyDescriptor } = Object
const { apply, deleteProperty, ownKeys } = Reflect

/** Calls a function without asking `Function.prototype` how, or `Array.prototype` what the arguments are. */
export const call: typeof Reflect.apply = apply

/** `text.startsWith(start)` as it was. */
export const startsWith: (text: string, start: string) => boolean = uncurried(''.startsWith)

/** `text.includes(part)` as it was. */
export const includes: (text: string, part: string) => boolean = uncurried(''.includes)

/**
 * Does a piece of the loader's work with the built-ins as they were; what the program made of them
 * is put away for the time, and put back. None of the program may run within.
 */
export function withOwnBuiltins<Result>(work: () => Result): Result {
  const changes = putAway()
  if (changes === undefined) return work()
  try {
    return work()
  } finally {
    // Backwards: with strange things on Object.prototype no descriptor could be read.
    for (let i = changes.length - 1; i >= 0; i--) {
      const { owner, key, current } = changes[i]
      if (current === undefined) deleteProperty(owner, key)
      else defineProperty(owner, key, current)
    }
  }
}

interface Kept {
  readonly owner: object
  readonly key: string | symbol
  readonly descriptor: PropertyDescriptor
}

interface Change {
  readonly owner: object
  readonly key: string | symbol
  /** Undefined when the program deleted it. */
  readonly current: PropertyDescriptor | undefined
}

const GLOBALS = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Symbol', 'RegExp', 'Error', 'TypeError', 'RangeError'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'JSON', 'Math', 'Atomics', 'Buffer', 'Date'],
  ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Int32Array', 'Uint32Array', 'Uint8Array', 'Float64Array'],
  ...['URL', 'isNaN', 'parseInt', 'decodeURI', 'decodeURIComponent', 'TextDecoder', 'TextEncoder'],
  ...['WeakRef', 'FinalizationRegistry', 'BigInt', 'setTimeout', 'queueMicrotask', 'structuredClone'],
] as const

/** Whose properties are kept, Object.prototype first: descriptors inherit from it. */
const OWNERS: readonly object[] = [
  Object.prototype,
  ...[Function.prototype, Array.prototype, String.prototype, Number.prototype, RegExp.prototype, Symbol.prototype],
  ...[Date.prototype, TextEncoder.prototype, TextDecoder.prototype],
  ...[Map.prototype, Set.prototype, WeakMap.prototype, WeakSet.prototype, Buffer.prototype as object, Error.prototype],
  ...[Uint8Array.prototype, Int32Array.prototype, Uint32Array.prototype, Float64Array.prototype],
  ...[
    [''].values(),
    new Map<string, string>().values(),
    new Set<string>().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/a/g),
  ].map(prototypeOf),
  prototypeOf(Uint8Array),
  prototypeOf(Uint8Array.prototype),
  // What all iterators inherit from.
  prototypeOf(prototypeOf([''].values())),
  ...[Object, Array, String, Number, Symbol, Reflect, JSON, Math, Atomics, Buffer, Uint8Array, Uint32Array, path],
]

const FILE_METHODS = [
  ...['openSync', 'closeSync', 'readSync', 'writeSync', 'fstatSync', 'statSync', 'readFileSync', 'writeFileSync'],
  ...['realpathSync', 'renameSync', 'mkdirSync', 'readdirSync', 'rmSync', 'futimesSync'],
] as const

const KEPT: readonly Kept[] = [
  ...OWNERS.flatMap((owner) => keep(owner, ownKeys(owner))),
  ...keep(globalThis, GLOBALS),
  ...keep(fs, FILE_METHODS),
  ...keep(crypto, ['createHash']),
  ...keep(url, ['fileURLToPath', 'pathToFileURL']),
]

/** Only these are asked for names that were not there: literals would inherit them. */
const OPEN = [Object.prototype, Array.prototype] as const
const OPEN_NAMES: readonly ReadonlySet<string | symbol>[] = OPEN.map((owner) => new Set(ownKeys(owner)))
const hasName = uncurried(Set.prototype.has) as (names: ReadonlySet<unknown>, name: unknown) => boolean

function keep(owner: object, keys: readonly (string | symbol)[]): Kept[] {
  return keys.flatMap((key) => {
    const descriptor = getOwnPropertyDescriptor(owner, key)
    return descriptor?.configurable === true ? [{ owner, key, descriptor }] : []
  })
}

/** What the program changed, first to last; undefined when that is nothing, as a rule. */
function putAway(): Change[] | undefined {
  let changes: Change[] | undefined
  for (let i = 0; i < OPEN.length; i++) {
    const owner = OPEN[i]
    const keys = ownKeys(owner)
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]
      if (hasName(OPEN_NAMES[i], key)) continue
      const current = getOwnPropertyDescriptor(owner, key)
      // What it made fast has to stay.
      if (current === undefined || !deleteProperty(owner, key)) continue
      changes ??= []
      changes[changes.length] = { owner, key, current }
    }
  }
  for (let i = 0; i < KEPT.length; i++) {
    const { owner, key, descriptor } = KEPT[i]
    const current = getOwnPropertyDescriptor(owner, key)
    if (current !== undefined && current.value === descriptor.value && current.get === descriptor.get) continue
    try {
      defineProperty(owner, key, descriptor)
    } catch {
      continue
    }
    changes ??= []
    changes[changes.length] = { owner, key, current }
  }
  return changes
}

function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) as object
}

/** The method of a prototype as a function of what it is called on. */
function uncurried<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): (self: This, ...args: Args) => Result {
  return Function.prototype.call.bind(method) as (self: This, ...args: Args) => Result
}
