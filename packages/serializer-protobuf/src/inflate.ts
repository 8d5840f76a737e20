/** Unpacks zlib data in pieces. @throws when it is none */
export async function* inflate(data: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const unpacked = new Blob([data.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))
  const reader: ReadableStreamDefaultReader<Uint8Array> = unpacked.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
