import type { BytePart, StoredBytes } from '@tracer/core'
import type { Source } from './messages.js'

/** Large steps: each one is a turn of the event loop. */
const STEP_BYTES = 4 * 1024 * 1024

/** A file that can be read from the front, or anywhere. */
export interface StoredFile extends StoredBytes {
  /** Undefined when the server does not say. */
  readonly bytes: number | undefined
  /** Gives all bytes, in order, once. */
  pieces(): AsyncIterable<Uint8Array>
  /** Gives up what `pieces` has not given. */
  close(): Promise<void>
}

/** @throws Error when a server does not give it. */
export async function openFile(source: Source): Promise<StoredFile> {
  return source.kind === 'blob' ? blobFile(source.blob) : urlFile(source.url)
}

function blobFile(blob: Blob): StoredFile {
  const read = async (from: number, to: number) => new Uint8Array(await blob.slice(from, to).arrayBuffer())
  return {
    bytes: blob.size,
    read,
    async *pieces() {
      for (let at = 0; at < blob.size; at += STEP_BYTES) yield await read(at, at + STEP_BYTES)
    },
    close: () => Promise.resolve(),
  }
}

async function urlFile(url: string): Promise<StoredFile> {
  const { body, headers } = await answer(url)
  const length = Number(headers.get('content-length'))
  return {
    // What is unpacked on its way is longer than the server says.
    bytes: length > 0 && headers.get('content-encoding') === null ? length : undefined,
    read: (from, to) => readRange(url, { from, to }),
    pieces: () => chunksOf(body),
    close: async () => body?.cancel(),
  }
}

/** A server that knows no ranges sends all of it, of which the rest is left. */
async function readRange(url: string, { from, to }: BytePart): Promise<Uint8Array> {
  const { body, status } = await answer(url, { range: `bytes=${from}-${to - 1}` })
  const bytes = new Uint8Array(to - from)
  let at = status === 206 ? from : 0
  let length = 0
  for await (const chunk of chunksOf(body)) {
    const wanted = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at))
    bytes.set(wanted, length)
    length += wanted.length
    at += chunk.length
    if (at >= to) break
  }
  return bytes.subarray(0, length)
}

async function answer(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, { headers }).catch((cause: unknown) => {
    throw new Error(`The file cannot be fetched: the server does not answer, or this page may not ask it.`, { cause })
  })
  if (response.ok) return response
  throw new Error(`The server has no such file for this page: ${response.status} ${response.statusText}.`)
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Whoever has enough does not wait for the rest.
    await reader.cancel()
  }
}
