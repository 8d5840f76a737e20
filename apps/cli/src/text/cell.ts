// Text as it stands in terminal columns: how wide it is, and how to make it fit.

const ELLIPSIS = '…'
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]$/u
// East Asian wide and fullwidth characters, and emoji: two columns each.
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u
const PLAIN = /^[\x20-\x7e]*$/

/** How many columns a text takes. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Cuts the middle out of what is too wide, because names differ at both ends: `src/very…/file.ts:12`. */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width < 1) return ''
  const characters = [...text]
  const room = width - 1
  // The end says more than the beginning: the file after its folders, the method after its class.
  const tail = takeWhileFits(characters.toReversed(), Math.ceil((room * 2) / 3)).reverse()
  const head = takeWhileFits(characters, room - textWidth(tail.join('')))
  return head.join('') + ELLIPSIS + tail.join('')
}

/** Leaves out the end. */
export function shortenEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  return width < 1 ? '' : takeWhileFits([...text], width - 1).join('') + ELLIPSIS
}

/** Leaves out a path's first folders, as few as need be: `…/src/file.ts:12`; then what comes before the end. */
export function shortenPath(path: string, width: number): string {
  if (textWidth(path) <= width) return path
  for (let slash = path.indexOf('/', 1); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const rest = ELLIPSIS + path.slice(slash)
    if (textWidth(rest) <= width) return rest
  }
  if (width < 1) return ''
  return (
    ELLIPSIS +
    takeWhileFits([...path].toReversed(), width - 1)
      .reverse()
      .join('')
  )
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}

/** A text out of a file or a program on one line, without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16)
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
  })
}

function takeWhileFits(characters: readonly string[], room: number): string[] {
  const taken: string[] = []
  let left = room
  for (const character of characters) {
    left -= characterWidth(character)
    if (left < 0) break
    taken.push(character)
  }
  return taken
}

function characterWidth(character: string): number {
  if (INVISIBLE.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}
