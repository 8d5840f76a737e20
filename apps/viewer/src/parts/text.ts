import type { Site } from '@tracer/core'
import { duration } from '@tracer/text-format'

const MOST_LETTERS = 300
const SHOWN_CONTROL = 0x2400

/** A text out of a trace as it can be shown: control characters as pictures, nothing that turns its direction, not endless. */
export function shown(text: string, mostLetters = MOST_LETTERS): string {
  const cut = text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return cut.replace(/[\u0000-\u001f]|[\u202a-\u202e\u2066-\u2069]/gu, (letter) => {
    const code = letter.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(SHOWN_CONTROL + code) : ''
  })
}

/** A length of time, or that there is none. */
export function time(ns: number): string {
  if (!Number.isFinite(ns)) return 'unknown'
  return ns < 0 ? `-${duration(-ns)}` : duration(ns)
}

/** `server.ts:12:8`, or nothing for a site without a place. */
export function place({ file, line, column }: Site, isShort: boolean): string {
  if (file === '') return ''
  const name = isShort ? lastPart(file) : file
  const at = line === 0 ? '' : column === 0 || isShort ? `:${line}` : `:${line}:${column}`
  return shown(name, 1000) + at
}

/** The name of a file without its folders. */
export function lastPart(file: string): string {
  return /[^/\\]+$/u.exec(file)?.[0] ?? file
}

/** What a function without a name is called. */
export function siteName({ name }: Pick<Site, 'name'>): string {
  return name === '' ? '(no name)' : shown(name)
}
