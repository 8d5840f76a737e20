const { getOwnPropertyDescriptor } = Object
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

/** A path without its query, as far as it fits into a name. */
export function pathOf(url: unknown): string {
  if (typeof url !== 'string') return ''
  const query = indexOf(url, '?')
  const end = query === -1 ? url.length : query
  return slice(url, 0, end < LONG_PATH ? end : LONG_PATH)
}

/** The value of a header in a list of names and values: to have them by name, Node.js would make an object of all. */
export function headerOf(raw: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i].length === name.length && (raw[i] === name || lowerCase(raw[i]) === name)) return raw[i + 1]
  }
  return undefined
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
