import { spanIds, SpanTable, type Landmarks } from '@tracer/combine'
import { protobuf, scanTrace, type ScannedTrace, type SpanNotes } from '@tracer/serializer-protobuf'
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import { readTraceFile, sizeOf, type TraceFile } from '../formats/read-trace.js'
import type { ScratchFolder } from './scratch-folder.js'

/** A file of which only the tables are in memory; its events are read again when they are written. */
export interface ScannedFile extends TraceFile {
  readonly scanned: ScannedTrace
  readonly landmarks: Landmarks
  /** Its content in our own form of Perfetto's packets. */
  readonly open: () => AsyncIterable<Uint8Array>
}

/**
 * Reads what has to be known of a file before its events are written. A file that is not in our own form of
 * Perfetto's packets is read whole, and written in it to a scratch file.
 * @throws what `readTraceFile` throws.
 */
export async function scanInput(
  file: string,
  cwd: string,
  own: string | undefined,
  scratch: ScratchFolder,
): Promise<ScannedFile> {
  const path = resolve(cwd, file)
  const bytes = await sizeOf(path, file)
  const { decompressed } = await import('@tracer/serializer-gzip')
  const open = (from: string) => () => decompressed(createReadStream(from, { highWaterMark: PIECE_BYTES }))
  const isPipe = bytes === 0
  if (own === undefined && !isPipe) {
    const pieces = open(path)()
    const spans = new SpanTable()
    const scanned = await scanTrace(pieces, notesFor(spans)).catch(() => undefined)
    if (scanned !== undefined) {
      const { compression, warnings } = pieces
      const format = compression === undefined ? 'Perfetto trace' : `Perfetto trace, ${compression}`
      return { ...whole(scanned, spans, open(path)), format, bytes, warnings: [...warnings, ...scanned.warnings] }
    }
  }
  const read = await readTraceFile(file, cwd, own)
  const copy = await scratch.write(protobuf().serialize(read.trace))
  const spans = new SpanTable()
  const rescanned = await scanTrace(open(copy)(), notesFor(spans))
  if (rescanned === undefined) throw new CliError('NOT_A_TRACE', `'${file}' is not a trace.`, 'Try tracer convert.')
  return { ...whole(rescanned, spans, open(copy)), format: read.format, bytes, warnings: read.warnings }
}

/** What is called the slice of a span is the number of its packet. */
function notesFor(spans: SpanTable): SpanNotes {
  return {
    begin: (args, startNs, track, packet) => {
      const ids = spanIds(args)
      return ids === undefined ? undefined : spans.add(ids, startNs, track, packet)
    },
    end: (span, endNs) => {
      spans.end(span, endNs)
    },
  }
}

function whole(
  scanned: ScannedTrace,
  spans: SpanTable,
  open: () => AsyncIterable<Uint8Array>,
): Pick<ScannedFile, 'scanned' | 'trace' | 'landmarks' | 'open'> {
  const { trace, firstNs, markers } = scanned
  const { hostName, bootId, originNs, originEpochMs } = trace.metadata
  const landmarks = { hostName, bootId, originNs, originEpochMs, firstNs, markers, spans }
  return { scanned, trace, landmarks, open }
}

/** Large, because a file is read in one go. */
const PIECE_BYTES = 2 ** 18
