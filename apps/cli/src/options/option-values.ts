import { CliError } from '../cli-error.js'

const NS_PER_UNIT: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

const HIGHEST_PORT = 65_535

/** Reads `10us`, `1.5ms`, `500ns` or `2s` into nanoseconds. */
export function readDuration(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(text.trim())
  if (match === null) {
    throw wrongValue(flag, text, 'a length of time with its unit (ns, us, ms or s)', `${flag} 10us`)
  }
  return Number(match[1]) * NS_PER_UNIT[match[2]]
}

/** Reads `10ms..20ms` into nanoseconds; an end that is left out is that of the trace. */
export function readRange(text: string, flag: string): { readonly fromNs: number; readonly toNs: number } {
  const ends = text.split('..')
  const [from, to] = ends.map((end) => (end.trim() === '' ? undefined : readDuration(end, flag)))
  const range = { fromNs: from ?? 0, toNs: to ?? Infinity }
  if (ends.length === 2 && (from !== undefined || to !== undefined) && range.fromNs < range.toNs) return range
  throw wrongValue(flag, text, 'two moments from the start of the trace, the earlier one first', `${flag} 10ms..20ms`)
}

/** Reads a whole number of at least 1. */
export function readCount(text: string, flag: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1) throw wrongValue(flag, text, 'a whole number from 1', `${flag} 20`)
  return Number(text)
}

/** Reads the number of a port; 0 is any that is free. */
export function readPort(text: string, flag: string): number {
  const isPort = /^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT
  if (!isPort) throw wrongValue(flag, text, `a whole number up to ${HIGHEST_PORT}`, `${flag} 8080`)
  return Number(text)
}

/** Reads a length in pixels, whole or not. */
export function readPixels(text: string, flag: string): number {
  const pixels = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0
  if (pixels < 0.01 || pixels > 100_000) throw wrongValue(flag, text, 'a number of pixels', `${flag} 10`)
  return pixels
}

/** Reads a share of 100, with or without the percent sign. */
export function readPercent(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text.trim())
  if (match === null || Number(match[1]) > 100) {
    throw wrongValue(flag, text, 'a number from 0 to 100', `${flag} 0.5`)
  }
  return Number(match[1])
}

/** Reads what recording may add, in percent. */
export function readOverhead(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text.trim())
  const percent = Number(match?.[1])
  if (percent > 0 && percent <= 100) return percent
  const whatElse =
    percent === 0 ? 'Without any, there is no recording.' : '--exact records everything, whatever it costs.'
  throw new CliError(
    'WRONG_USAGE',
    `${flag} takes a number above 0 and up to 100, not '${text}'.`,
    `For example: ${flag} 5\n${whatElse}`,
  )
}

/** Reads one of a few words. */
export function readChoice<Choice extends string>(choices: readonly Choice[], text: string, flag: string): Choice {
  const choice = choices.find((known) => known === text)
  if (choice === undefined) {
    throw wrongValue(flag, text, `one of ${choices.join(', ')}`, `${flag} ${choices[0]}`)
  }
  return choice
}

/** Splits at commas, except those inside braces, which belong to a glob: `src/{a,b}/**,lib`. */
export function readList(text: string, flag: string): string[] {
  const items: string[] = []
  let item = ''
  let braces = 0
  for (const character of text) {
    if (character === '{') braces++
    if (character === '}') braces--
    if (character === ',' && braces <= 0) {
      items.push(item)
      item = ''
    } else {
      item += character
    }
  }
  const found = [...items, item].map((part) => part.trim()).filter((part) => part !== '')
  if (found.length === 0) throw wrongValue(flag, text, 'at least one entry', `${flag} 'src/**'`)
  return found
}

/** Checks a label and the file it is for: `api=api.pftrace`. */
export function readLabel(text: string, flag: string): string {
  if (!/^[^=]+=./.test(text)) throw wrongValue(flag, text, 'a name and a file', `${flag} api=api.pftrace`)
  return text
}

function wrongValue(flag: string, text: string, wanted: string, example: string): CliError {
  return new CliError('WRONG_USAGE', `${flag} takes ${wanted}, not '${text}'.`, `For example: ${example}`)
}
