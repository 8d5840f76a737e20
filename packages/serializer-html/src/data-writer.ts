import { encodeBase64 } from './base64.js'

/** What is in a block, for browsers, which leave scripts of types that they do not know alone. */
const BLOCK_TYPE = 'application/vnd.tracer.pftrace+gzip;base64'
export const BLOCK_START = `<script type="${BLOCK_TYPE}">`
const BLOCK_END = '</script>\n'

/** Packed bytes in one block: whole triples, so that each block can be decoded alone. */
const BLOCK_BYTES = 49_152

/** The packed trace as elements of a page. Many small ones: no browser has to hold a text of gigabytes. */
export async function* writtenBlocks(
  packed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const block = new Uint8Array(BLOCK_BYTES)
  let length = 0
  for await (const piece of packed) {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + BLOCK_BYTES - length)
      block.set(part, length)
      length += part.length
      from += part.length
      if (length < BLOCK_BYTES) continue
      yield element(block)
      length = 0
    }
  }
  if (length > 0) yield element(block.subarray(0, length))
}

function element(bytes: Uint8Array): Uint8Array {
  const encoder = new TextEncoder()
  const [start, letters, end] = [encoder.encode(BLOCK_START), encodeBase64(bytes), encoder.encode(BLOCK_END)]
  const all = new Uint8Array(start.length + letters.length + end.length)
  all.set(start)
  all.set(letters, start.length)
  all.set(end, start.length + letters.length)
  return all
}
