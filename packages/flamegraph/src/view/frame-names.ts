import { cutText } from '../layout/fitted-text.js'
import type { Frame } from '../tree/frame-tree.js'

const ANONYMOUS = '(anonymous)'

/** Longer names and paths tell a person nothing more. */
export const MOST_LETTERS = 300

/** The name of a function, cut to what a person reads. */
export function titleOf({ name }: Pick<Frame, 'name'>): string {
  return name === '' ? ANONYMOUS : cutText(name, MOST_LETTERS)
}
