import { padEnd, textWidth } from './cell.js'

/** Something to say, under a label of one word or two; each entry of `texts` begins a line. */
export interface Labelled {
  readonly label: string
  readonly texts: readonly string[]
}

const MARGIN = '  '
const GAP = '  '

/** Labels in one column, texts in the next, wrapped at spaces; a path or an address is never broken. */
export function labelledLines(entries: readonly Labelled[], width: number): string[] {
  const labelWidth = Math.max(0, ...entries.map(({ label }) => textWidth(label)))
  const room = width - MARGIN.length - labelWidth - GAP.length
  return entries.flatMap(({ label, texts }) =>
    texts
      .flatMap((text) => wrapped(text, room))
      .map((line, index) => MARGIN + padEnd(index === 0 ? label : '', labelWidth) + GAP + line),
  )
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
