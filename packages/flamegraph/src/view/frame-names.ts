import { cutText } from '../layout/fitted-text.js'
import type { Frame } from '../tree/frame-tree.js'

const ANONYMOUS = '(anonymous)'

/** Longer ones tell a person nothing more. */
const MOST_LETTERS = 300

/** The name of a function, cut to what a person reads. */
export function titleOf({ name }: Pick<Frame, 'name'>): string {
  return name === '' ? ANONYMOUS : cutText(name, MOST_LETTERS)
}

/** `src/app.ts:12:8`, cut at its beginning; empty when unknown. */
export function placeOf({ file, line, column }: Frame): string {
  if (file === '') return ''
  const path = file.length <= MOST_LETTERS ? file : `…${file.slice(1 - MOST_LETTERS)}`
  if (line === 0) return path
  return column === 0 ? `${path}:${line}` : `${path}:${line}:${column}`
}
