/** Pieces as one gzip file, by what Node.js and browsers have in common. */
export async function* gzipped(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const source = pieces[Symbol.iterator]()
  const bytes = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = source.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
  })
  const reader = bytes.pipeThrough(new CompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Whoever stops in the middle waits for nothing.
    reader.cancel().catch(() => undefined)
  }
}
