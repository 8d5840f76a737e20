/** A line of a file without its end, and the byte at which it begins. */
export interface Line {
  readonly text: string
  readonly offset: number
}

const MAX_BYTES = 2 ** 28
const NEWLINE = 0x0a

/** The lines of a file, one at a time. `tooLong` makes the error for one that is no line of text any more. */
export async function* linesOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  tooLong: (cause: string) => Error,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder()
  let parts: Uint8Array[] = []
  let length = 0
  let offset = 0
  const line = (): Line => {
    const text = parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, offset }
  }
  for await (const piece of source) {
    let from = 0
    for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, from)) {
      parts.push(piece.subarray(from, at))
      yield line()
      offset += length + at - from + 1
      parts = []
      length = 0
      from = at + 1
    }
    if (from === piece.length) continue
    parts.push(piece.slice(from))
    length += piece.length - from
    if (length > MAX_BYTES) throw tooLong(`the line at byte ${offset.toLocaleString('en-US')} is longer than 256 MB`)
  }
  if (length > 0) yield line()
}
