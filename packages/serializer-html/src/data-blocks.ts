import { TracerError } from '@tracer/core'
import { Base64Decoder } from './base64.js'
import { BLOCK_START } from './data-writer.js'

const START = new TextEncoder().encode(BLOCK_START)
const LESS_THAN = 0x3c

/** The packed trace out of a page: the bytes of all its blocks in turn; read once. */
export class DataBlocks implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#source = source
  }

  /** @throws TracerError `NOT_A_TRACE` when the page has no block, or one with other than base64 in it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let decoder: Base64Decoder | undefined
    let rest: Uint8Array = new Uint8Array(0)
    /** Of the first byte of `rest` in the page. */
    let offset = 0
    let hasBlock = false
    const skip = (bytes: number): void => {
      rest = rest.subarray(bytes)
      offset += bytes
    }
    for await (const piece of this.#source) {
      rest = joined(rest, piece)
      for (;;) {
        if (decoder === undefined) {
          const start = indexOfStart(rest)
          if (start === -1) break
          skip(start + START.length)
          decoder = new Base64Decoder()
          hasBlock = true
        }
        const end = rest.indexOf(LESS_THAN)
        const letters = end === -1 ? rest : rest.subarray(0, end)
        const bytes = decoder.decode(letters)
        if (bytes === undefined) throw damaged(offset, offset + letters.length)
        if (bytes.length > 0) yield bytes
        skip(letters.length)
        if (end === -1) break
        decoder = undefined
      }
      // What may be the beginning of a block goes on in the next piece.
      if (decoder === undefined) skip(Math.max(0, rest.length - START.length + 1))
    }
    if (!hasBlock) throw notATrace('there is no trace in the page, or the page ends before it')
  }
}

function indexOfStart(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(LESS_THAN); at !== -1; at = bytes.indexOf(LESS_THAN, at + 1)) {
    if (at + START.length > bytes.length) return -1
    if (START.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function damaged(start: number, end: number): TracerError {
  const place = `between bytes ${start.toLocaleString('en-US')} and ${end.toLocaleString('en-US')}`
  return notATrace(`what should be base64 ${place} of the page is not`)
}

function notATrace(cause: string): TracerError {
  const advice = 'Give a page as Tracer wrote it, not one that was printed or edited.'
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`)
}
