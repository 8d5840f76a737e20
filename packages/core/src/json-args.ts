/**
 * Arguments of events as JSON text, taken when the event happens.
 *
 * The one promise: the program's code does not run. Properties are read through their descriptors,
 * so no getter and no `toJSON` does; what is no plain data gets a short text such as `Map(3)`.
 * Only the traps of a proxy cannot be told from the language; `isProxy` knows where the platform does.
 *
 * ```
 * { id: 7n, when: new Date(0), list: [1, , NaN], get now() { … } }
 * {"id":"7n","when":"1970-01-01T00:00:00.000Z","list":[1,null,"NaN"],"now":"[getter]"}
 * ```
 */
export function jsonArgs(args: unknown, isProxy: (value: object) => boolean = unknowable): string {
  try {
    return new ArgsEncoder(isProxy).encodeRoot(args)
  } catch {
    // A proxy's trap threw, or the memory is used up: neither may reach the program.
    return '{"value":"[unreadable]"}'
  }
}

/** Levels of objects and arrays that are written out. */
const MAX_DEPTH = 4
/** Properties of an object, elements of an array. */
const MAX_ENTRIES = 50
/** UTF-16 units of one string or key. */
const MAX_TEXT_LENGTH = 1000
/** UTF-16 units after which nothing more is begun. */
const MAX_LENGTH = 8000
/** Writing out a bigint takes time by the square of its length. */
const MAX_BIGINT = 10n ** 100n

class ArgsEncoder {
  readonly #isProxy: (value: object) => boolean
  /** The objects around the one being written, outermost first. */
  readonly #around: object[] = []
  #length = 0

  constructor(isProxy: (value: object) => boolean) {
    this.#isProxy = isProxy
  }

  encodeRoot(args: unknown): string {
    const text = this.#value(args)
    return text.startsWith('{') ? text : `{"value":${text}}`
  }

  #value(value: unknown): string {
    switch (typeof value) {
      case 'string':
        return this.#text(value)
      case 'number':
        return Number.isFinite(value) ? this.#raw(String(value)) : this.#text(String(value))
      case 'boolean':
        return this.#raw(String(value))
      case 'bigint':
        return this.#text(value < MAX_BIGINT && value > -MAX_BIGINT ? `${value}n` : '[bigint]')
      case 'function':
        return this.#text(this.#isProxy(value) ? '[Proxy]' : `[Function ${ownText(value, 'name')}]`)
      case 'object':
        return value === null ? this.#raw('null') : this.#object(value)
      default:
        // Symbols and undefined; neither has code to run.
        return this.#text(String(value))
    }
  }

  #object(value: object): string {
    if (this.#isProxy(value)) return this.#text('[Proxy]')
    if (this.#around.includes(value)) return this.#text('[circular]')
    const short = builtInText(value) ?? (this.#around.length === MAX_DEPTH ? nestedText(value) : undefined)
    if (short !== undefined) return this.#text(short)
    this.#around.push(value)
    const text = Array.isArray(value) ? this.#elements(value) : this.#properties(value)
    this.#around.pop()
    return text
  }

  #elements(array: readonly unknown[]): string {
    const parts: string[] = []
    for (let i = 0; i < array.length; i++) {
      if (this.#isFull(i)) {
        parts.push(this.#text(`… ${array.length - i} more`))
        break
      }
      parts.push(this.#property(array, String(i)))
    }
    return this.#raw(`[${parts.join(',')}]`, 2)
  }

  #properties(value: object): string {
    const keys = Object.keys(value)
    const name = keys.length === 0 ? className(value) : ''
    if (name !== '') return this.#text(`[${name}]`)
    const parts: string[] = []
    for (let i = 0; i < keys.length; i++) {
      if (this.#isFull(i)) {
        parts.push(`"…":${this.#text(`${keys.length - i} more`)}`)
        break
      }
      parts.push(`${this.#text(keys[i])}:${this.#property(value, keys[i])}`)
    }
    return this.#raw(`{${parts.join(',')}}`, 2)
  }

  #property(holder: object, key: string): string {
    const property = Object.getOwnPropertyDescriptor(holder, key)
    if (property === undefined) return this.#raw('null')
    return 'value' in property ? this.#value(property.value) : this.#text('[getter]')
  }

  #isFull(entries: number): boolean {
    return entries === MAX_ENTRIES || this.#length >= MAX_LENGTH
  }

  #text(text: string): string {
    return this.#raw(quoted(text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text))
  }

  #raw(json: string, newLength = json.length): string {
    this.#length += newLength
    return json
  }
}

/** Most texts need no escape, and then quotes around them take a third of the time. */
function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const isPlain = unit >= SPACE && unit < FIRST_SURROGATE && unit !== QUOTE && unit !== BACKSLASH
    if (!isPlain) return JSON.stringify(text)
  }
  return `"${text}"`
}

const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_SURROGATE = 0xd800

function unknowable(): boolean {
  return false
}

/** What built-in objects with hidden state look like; they are told by that state, not by their name. */
function builtInText(value: object): string | undefined {
  if (Object.getPrototypeOf(value) === Object.prototype) return undefined
  if (inherits(value, DataView.prototype)) return sizedText(value, DataView.prototype, 'byteLength')
  if (ArrayBuffer.isView(value)) return sizedText(value, Uint8Array.prototype, 'length')
  if (inherits(value, Map.prototype)) return sizedText(value, Map.prototype, 'size')
  if (inherits(value, Set.prototype)) return sizedText(value, Set.prototype, 'size')
  if (inherits(value, Date.prototype)) return dateText(value)
  if (inherits(value, Error.prototype)) {
    return `${ownText(value, 'name') || className(value)}: ${ownText(value, 'message')}`
  }
  return undefined
}

/** The size comes from a getter of the language's own, which reads the hidden state; `?` where there is none. */
function sizedText(value: object, prototype: object, key: string): string {
  try {
    return `${className(value)}(${String(Reflect.get(prototype, key, value))})`
  } catch {
    return `${className(value)}(?)`
  }
}

function dateText(value: object): string {
  try {
    return Date.prototype.toISOString.call(value)
  } catch {
    return 'Invalid Date'
  }
}

function nestedText(value: object): string {
  return Array.isArray(value) ? `Array(${value.length})` : `[${className(value) || 'Object'}]`
}

function inherits(value: object, prototype: object): boolean {
  return Object.prototype.isPrototypeOf.call(prototype, value)
}

/** Name of the class an object was made by; empty for a plain object. */
function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype || typeof prototype !== 'object') return ''
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  return (typeof made === 'function' && ownText(made, 'name')) || '(anonymous)'
}

/** An own property that is a string, without running a getter; otherwise empty. */
function ownText(value: object, key: string): string {
  const text: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
  return typeof text === 'string' ? text : ''
}
