/** Pieces as one gzip file, by what Node.js and browsers have in common. */
export async function* gzipped(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const source = pieces[Symbol.iterator]()
  const bytes = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = source.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
  })
  const reader = bytes.pipeThrough(new CompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const result: { readonly done: boolean; readonly value?: unknown } = await reader.read()
      if (result.value instanceof Uint8Array) yield result.value
      if (result.done) return
    }
  } finally {
    // Whoever stops in the middle waits for nothing.
    reader.cancel().catch(() => undefined)
  }
}
