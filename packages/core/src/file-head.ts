/** How many bytes at the beginning of a file tell its format: so many `TraceSerializer.detect` is given, or all. */
export const HEAD_BYTES = 4096

/** A file of which the beginning was looked at. */
export interface FileHead {
  /** The first {@link HEAD_BYTES} bytes, or all that there are. */
  readonly head: Uint8Array
  /** All of it, to be read once: a pipe cannot be read again from the start. */
  readonly whole: AsyncIterable<Uint8Array>
}

/** Reads as much of a file as tells its format. */
export async function takeHead(source: AsyncIterable<Uint8Array>): Promise<FileHead> {
  const pieces = source[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  const head = new Uint8Array(HEAD_BYTES)
  let length = 0
  while (length < HEAD_BYTES) {
    const next = await pieces.next()
    if (next.done === true) break
    read.push(next.value)
    const part = next.value.subarray(0, HEAD_BYTES - length)
    head.set(part, length)
    length += part.length
  }
  return { head: head.subarray(0, length), whole: joined(read, { [Symbol.asyncIterator]: () => pieces }) }
}

async function* joined(
  first: Iterable<Uint8Array>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* first
  yield* rest
}
