/** The part of a file that is asked for: from the first byte to before `end`. */
export interface Part {
  readonly start: number
  readonly end: number
}

/**
 * Reads a `Range` header for a file of `size` bytes: one range of bytes. Undefined for the whole file, which
 * also answers what is not understood, several ranges among it; `none` when no byte of the file is in it.
 */
export function readRange(header: string | undefined, size: number): Part | 'none' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (match === null) return undefined
  const [, first, last] = match
  if (first === '') {
    if (last === '') return undefined
    const length = Math.min(Number(last), size)
    return length === 0 ? 'none' : { start: size - length, end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= size) return 'none'
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}
