const { getOwnPropertyDescriptor, keys } = Object
const indexOf = Function.prototype.call.bind(Reflect.get(String.prototype, 'indexOf') as () => unknown) as (
  text: string,
  part: string,
) => number
const slice = Function.prototype.call.bind(Reflect.get(String.prototype, 'slice') as () => unknown) as (
  text: string,
  from: number,
  to: number,
) => string

const lowerCase = Function.prototype.call.bind(Reflect.get(String.prototype, 'toLowerCase') as () => unknown) as (
  text: string,
) => string

const charCodeAt = Function.prototype.call.bind(Reflect.get(String.prototype, 'charCodeAt') as () => unknown) as (
  text: string,
  at: number,
) => number

/** A path without its query, as far as it fits into a name. */
export function pathOf(url: unknown): string {
  if (typeof url !== 'string') return ''
  const query = indexOf(url, '?')
  const end = query === -1 ? url.length : query
  return slice(url, 0, end < LONG_PATH ? end : LONG_PATH)
}

/**
 * A path, behind a host or not, with `:id` in place of each part that tells one thing from many others: a number, what has more than two
 * digits, or is long and hexadecimal. Without a pattern, whose traces the program could see.
 */
export function foldedPath(path: string): string {
  let folded = ''
  let from = 0
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && charCodeAt(path, at) !== SLASH) continue
    folded += from > 0 && isId(path, from, at) ? ':id' : slice(path, from, at)
    if (at < path.length) folded += '/'
    from = at + 1
  }
  return folded
}

function isId(path: string, from: number, to: number): boolean {
  let digits = 0
  let hexadecimals = 0
  for (let at = from; at < to; at++) {
    const code = charCodeAt(path, at)
    const letter = code | SMALL
    if (code >= ZERO && code <= NINE) digits++
    else if (code === DASH || (letter >= SMALL_A && letter <= SMALL_F)) hexadecimals++
  }
  const length = to - from
  if (digits === length) return digits > 0
  return digits > FEW_DIGITS || (digits + hexadecimals === length && length >= LONG_HEX)
}

/** The value of a header in a list of names and values: to have them by name, Node.js would make an object of all. */
export function headerOf(raw: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (isNamed(raw[i], name)) return raw[i + 1]
  }
  return undefined
}

/** The value of a header by whichever letters it was named; undefined when there is none. */
export function headerAmong(headers: Readonly<Record<string, unknown>>, name: string): unknown {
  const names = keys(headers)
  for (let i = 0; i < names.length; i++) if (isNamed(names[i], name)) return headers[names[i]]
  return undefined
}

/** Whether a header's name, in whichever letters, is this one in small ones. */
function isNamed(header: string, name: string): boolean {
  return header.length === name.length && (header === name || lowerCase(header) === name)
}

/** What stands behind the protocol of an origin. */
export function hostOf(origin: string): string {
  const at = indexOf(origin, '//')
  return at === -1 ? origin : slice(origin, at + 2, origin.length)
}

/** A property, without running code of the program. */
export function plain(owner: object, key: string): unknown {
  return getOwnPropertyDescriptor(owner, key)?.value as unknown
}

/** A number that a header holds. */
export function numberIn(header: unknown): number | undefined {
  return typeof header === 'string' && header !== '' ? Number(header) : undefined
}

const LONG_PATH = 200
/** As names of versions and formats have. */
const FEW_DIGITS = 2
const SLASH = 0x2f
const DASH = 0x2d
const ZERO = 0x30
const NINE = 0x39
/** Makes a letter a small one. */
const SMALL = 0x20
const SMALL_A = 0x61
const SMALL_F = 0x66
/** As long as ids of MongoDB are; UUIDs and digests are longer. */
const LONG_HEX = 24
