/**
 * Where two traces (or parts of them) first differ, as a path and both values; undefined when they are
 * equal in every column. Numbers are compared as `Object.is` does.
 */
export function traceDifference(expected: unknown, actual: unknown, path = 'trace'): string | undefined {
  if (Object.is(expected, actual)) return undefined
  const [a, b] = [entriesOf(expected), entriesOf(actual)]
  if (a === undefined || b === undefined) return `${path}: expected ${shown(expected)}, found ${shown(actual)}`
  for (const [key, value] of a) {
    if (!b.has(key)) return `${path}.${String(key)}: expected ${shown(value)}, found nothing`
    const difference = traceDifference(value, b.get(key), `${path}.${String(key)}`)
    if (difference !== undefined) return difference
  }
  for (const [key, value] of b) {
    if (!a.has(key)) return `${path}.${String(key)}: expected nothing, found ${shown(value)}`
  }
  return undefined
}

/** What a value consists of, by key or position; undefined for one that is compared as a whole. */
function entriesOf(value: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (value instanceof Map) return value
  if (value instanceof Set) return new Map([...value].map((entry: unknown) => [entry, true]))
  if (value instanceof Int32Array || value instanceof Float64Array) return new Map(value.entries())
  if (Array.isArray(value)) return new Map<unknown, unknown>(value.entries())
  return typeof value === 'object' && value !== null ? new Map<unknown, unknown>(Object.entries(value)) : undefined
}

const SHOWN_CHARACTERS = 80

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`
}
