/** An object of a JSON text; which fields it has is not known. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether a value is an object, not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list; of anything else, none. */
export function fieldsOf(value: unknown): Fields[] {
  return listOf(value).filter(isFields)
}

/** A list; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text; anything else is `otherwise`. */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
}

/** A number; what is none, or not finite, is `otherwise`. */
export function numberOf(value: unknown, otherwise = 0): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
}
