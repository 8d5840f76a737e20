/** Unpacks zlib data in pieces. @throws when it is none */
export async function* inflate(data: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = new Response(data.slice()).body
  if (packed === null) return
  const reader = packed.pipeThrough(new DecompressionStream('deflate')).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
