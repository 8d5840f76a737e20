import { styleText } from 'node:util'
import type { Output } from '../io.js'

/** How headings and side remarks are set off; plain text where there is no terminal to colour. */
export interface Style {
  strong(text: string): string
  faint(text: string): string
  warning(text: string): string
}

const PLAIN: Style = { strong: (text) => text, faint: (text) => text, warning: (text) => text }

// The stream was looked at already; styleText would look at stdout, whichever stream the text is for.
const UNCHECKED = { validateStream: false }

const COLOURED: Style = {
  strong: (text) => styleText('bold', text, UNCHECKED),
  faint: (text) => styleText('dim', text, UNCHECKED),
  warning: (text) => styleText('yellow', text, UNCHECKED),
}

/** Colour on a terminal only, and never where `NO_COLOR` is set (to anything but nothing: no-color.org). */
export function styleFor(output: Output, env: NodeJS.ProcessEnv): Style {
  const refused = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== ''
  return output.isTTY === true && !refused ? COLOURED : PLAIN
}
