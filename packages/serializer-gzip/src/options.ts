import { TracerError } from '@tracer/core'

/** How {@link gzip} and {@link zstd} compress. */
export interface CompressionOptions {
  /** From 1, fast, to 9 (gzip) or 19 (zstd), small. Browsers choose for themselves. */
  readonly level?: number
}

/** The level that is asked for. @throws TracerError `INVALID_OPTION` */
export function levelOf(name: string, options: CompressionOptions, usual: number, highest: number): number {
  for (const option of Object.keys(options)) {
    if (option !== 'level') {
      throw new TracerError('INVALID_OPTION', `${name}() has no option "${option}". It has: level.`)
    }
  }
  const level = options.level ?? usual
  if (!Number.isInteger(level) || level < 1 || level > highest) {
    const advice = `Give a whole number from 1 to ${highest}.`
    throw new TracerError('INVALID_OPTION', `${name}() option "level" is ${String(level)}. ${advice}`)
  }
  return level
}
