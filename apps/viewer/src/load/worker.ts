import type { Trace } from '@tracer/core'
import { indexLevels, transferablesOf, type GivenIndex } from '@tracer/timeline'
import { columnBuffers } from './column-buffers.js'
import { isSeekable, piecesOfPart } from './file-part.js'
import type { Phase, ReadRequest, Report } from './messages.js'
import { readSource } from './read-source.js'
import { openFile } from './stored-file.js'

const REPORT_EVERY_MS = 50

addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => void read(data))

async function read({ source, part, largeBytes }: ReadRequest): Promise<void> {
  try {
    const progress = new Progress()
    progress.say('opening')
    const stored = await openFile(source)
    const { bytes = 0 } = stored
    if (part === undefined && bytes >= largeBytes) {
      await stored.close()
      report({ kind: 'large', bytes, isSeekable: await isSeekable(stored) })
      return
    }
    progress.ofBytes = part === undefined ? stored.bytes : part.to - part.from
    const pieces = part === undefined ? stored.pieces() : piecesOfPart(stored, part)
    const file = await readSource(progress.counted(pieces))
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

function report(message: Report, transfer: Transferable[] = []): void {
  postMessage(message, { transfer })
}
