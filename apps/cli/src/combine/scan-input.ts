import { spanIds, type Landmarks } from '@tracer/combine'
import { protobuf, scanTrace, type ScannedTrace } from '@tracer/serializer-protobuf'
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
    const scanned = await scanTrace(pieces).catch(() => undefined)
    if (scanned !== undefined) {
      const { compression, warnings } = pieces
      const format = compression === undefined ? 'Perfetto trace' : `Perfetto trace, ${compression}`
      return { ...whole(scanned, open(path)), format, bytes, warnings: [...warnings, ...scanned.warnings] }
    }
  }
  const read = await readTraceFile(file, cwd, own)
  const copy = await scratch.write(protobuf().serialize(read.trace))
  const rescanned = await scanTrace(open(copy)())
  if (rescanned === undefined) throw new CliError('NOT_A_TRACE', `'${file}' is not a trace.`, 'Try tracer convert.')
  return { ...whole(rescanned, open(copy)), format: read.format, bytes, warnings: read.warnings }
}

function whole(
  scanned: ScannedTrace,
  open: () => AsyncIterable<Uint8Array>,
): Pick<ScannedFile, 'scanned' | 'trace' | 'landmarks' | 'open'> {
  const { trace, firstNs, markers, spans } = scanned
  const { hostName, bootId, originNs, originEpochMs } = trace.metadata
  const landmarks: Landmarks = {
    ...{ hostName, bootId, originNs, originEpochMs, firstNs, markers },
    spans: spans.flatMap(({ args, startNs, endNs, track, packet }) => {
      const ids = spanIds(args)
      return ids === undefined ? [] : [{ ...ids, startNs, endNs, track, slice: packet }]
    }),
  }
  return { scanned, trace, landmarks, open }
}

/** Large, because a file is read in one go. */
const PIECE_BYTES = 2 ** 18
