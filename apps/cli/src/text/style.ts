import { styleText } from 'node:util'
import type { Output } from '../io.js'

/** How headings and side remarks are set off; plain text where there is no terminal to colour. */
export interface Style {
  strong(text: string): string
  faint(text: string): string
  warning(text: string): string
  /** Of two numbers that are compared, what got worse, and what got better. */
  worse(text: string): string
  better(text: string): string
}

const asIs = (text: string): string => text
const PLAIN: Style = { strong: asIs, faint: asIs, warning: asIs, worse: asIs, better: asIs }

// The stream was looked at already; styleText would look at stdout, whichever stream the text is for.
const UNCHECKED = { validateStream: false }

const COLOURED: Style = {
  strong: (text) => styleText('bold', text, UNCHECKED),
  faint: (text) => styleText('dim', text, UNCHECKED),
  warning: (text) => styleText('yellow', text, UNCHECKED),
  worse: (text) => styleText('red', text, UNCHECKED),
  better: (text) => styleText('green', text, UNCHECKED),
}

/** Colour on a terminal only, and never where `NO_COLOR` is set (to anything but nothing: no-color.org). */
export function styleFor(output: Output, env: NodeJS.ProcessEnv): Style {
  const refused = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== ''
  return output.isTTY === true && !refused ? COLOURED : PLAIN
}
