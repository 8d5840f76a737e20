/** UTF-16 units in a piece: some tens of kilobytes whatever the text. */
const PIECE_LENGTH = 16_384

/**
 * A text that comes in parts as UTF-8, in pieces of some tens of kilobytes: what a serializer of a
 * text format yields. Parts are taken one at a time and may have any length.
 */
export function* textPieces(parts: Iterable<string>): Generator<Uint8Array, void, undefined> {
  // Made here: Node.js loads this global when it is first touched, which a traced program can see.
  const encoder = new TextEncoder()
  let text = ''
  for (const part of parts) {
    text += part
    while (text.length >= PIECE_LENGTH) {
      const end = endsInPair(text) ? PIECE_LENGTH - 1 : PIECE_LENGTH
      yield encoder.encode(text.slice(0, end))
      text = text.slice(end)
    }
  }
  if (text !== '') yield encoder.encode(text)
}

/** Whether a cut after `PIECE_LENGTH` would lie between the halves of one character. */
function endsInPair(text: string): boolean {
  const unit = text.charCodeAt(PIECE_LENGTH - 1)
  return unit >= 0xd800 && unit < 0xdc00
}
