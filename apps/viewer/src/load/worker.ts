import type { Trace } from '@tracer/core'
import { indexLevels, transferablesOf, type GivenIndex } from '@tracer/timeline'
import { columnBuffers } from './column-buffers.js'
import type { Phase, Report, Source } from './messages.js'
import { readSource } from './read-source.js'

/** Large steps: each one is a turn of the event loop. */
const STEP_BYTES = 4 * 1024 * 1024
const REPORT_EVERY_MS = 50

addEventListener('message', ({ data }: MessageEvent<Source>) => void read(data))

async function read(source: Source): Promise<void> {
  try {
    const progress = new Progress()
    const file = await readSource(progress.counted(piecesOf(source, progress)))
    progress.say('indexing')
    const indexes = indexesOf(file.trace)
    const buffers = [...columnBuffers(file.trace), ...indexes.flatMap(({ index }) => transferablesOf(index))]
    report({ kind: 'done', file, indexes, bytes: progress.bytes }, buffers.filter(isTransferable))
  } catch (error) {
    const isMemory = error instanceof RangeError && /alloc|length|size/i.test(error.message)
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error), isMemory })
  }
}

/** Shorter tracks are indexed sooner than handed over. */
const LEAST_INDEXED = 20_000

/** What the timeline draws long threads by. */
function indexesOf({ tracks }: Trace): GivenIndex[] {
  return tracks.flatMap((entry, track) =>
    entry.kind === 'thread' && entry.slices.length >= LEAST_INDEXED
      ? [{ trace: 0, track, index: indexLevels(entry.slices) }]
      : [],
  )
}

function isTransferable(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer
}

/** How far reading has come. */
class Progress {
  bytes = 0
  ofBytes: number | undefined
  #reportedAt = 0

  async *counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    this.say('opening')
    for await (const piece of pieces) {
      yield piece
      this.bytes += piece.length
      if (performance.now() - this.#reportedAt > REPORT_EVERY_MS) this.say('reading')
    }
    this.say('sorting')
  }

  say(phase: Phase): void {
    this.#reportedAt = performance.now()
    report({ kind: 'progress', phase, bytes: this.bytes, ofBytes: this.ofBytes })
  }
}

function piecesOf(source: Source, progress: Progress): AsyncIterable<Uint8Array> {
  return source.kind === 'blob' ? ofBlob(source.blob, progress) : ofUrl(source.url, source.mostBytes, progress)
}

async function* ofBlob(blob: Blob, progress: Progress): AsyncGenerator<Uint8Array, void, undefined> {
  progress.ofBytes = blob.size
  for (let at = 0; at < blob.size; at += STEP_BYTES) {
    yield new Uint8Array(await blob.slice(at, at + STEP_BYTES).arrayBuffer())
  }
}

async function* ofUrl(
  url: string,
  mostBytes: number | undefined,
  progress: Progress,
): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`The file cannot be fetched: the server does not answer, or this page may not ask it.`, { cause })
  })
  if (!response.ok) {
    throw new Error(`The server has no such file for this page: ${response.status} ${response.statusText}.`)
  }
  const length = Number(response.headers.get('content-length'))
  const isAsSent = response.headers.get('content-encoding') === null
  progress.ofBytes = length > 0 && isAsSent ? Math.min(length, mostBytes ?? length) : mostBytes
  const reader = response.body?.getReader()
  for (let left = mostBytes ?? Infinity; reader !== undefined && left > 0;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value.length > left ? value.subarray(0, left) : value
    left -= value.length
  }
  await reader?.cancel()
}

function report(message: Report, transfer: Transferable[] = []): void {
  postMessage(message, { transfer })
}
