import { TraceBuilder, type ReadTrace } from '@tracer/core'
import { buildTrace } from './build-trace.js'
import { inflate } from './inflate.js'
import { notATrace } from './not-a-trace.js'
import { PacketReader } from './packet-reader.js'
import { PacketSplitter } from './packet-splitter.js'
import { ReadWarnings, formatCount } from './read-warnings.js'

/**
 * Reads Perfetto's packet stream of any producer as far as track events go, and gives back exactly the trace of our
 * own. What is left out or repaired is counted in warnings.
 *
 * @throws TracerError `NOT_A_TRACE`
 */
export async function readTrace(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadTrace> {
  const warnings = new ReadWarnings()
  const builder = new TraceBuilder()
  const reader = new PacketReader(builder, warnings)
  const splitter = new PacketSplitter((bytes, start, end) => reader.take(bytes, start, end))
  for await (const piece of source) {
    splitter.push(piece)
    while (reader.compressed !== undefined) {
      await readCompressed(reader, warnings)
      splitter.resume()
    }
  }
  if (reader.known === 0) throw notATrace(whyNot(splitter))
  if (splitter.broken !== undefined) {
    const { cause, offset } = splitter.broken
    warnings.add(
      `The file cannot be read from byte ${formatCount(offset)} on, because ${cause}; ` +
        `bytes that were not read: ${formatCount(splitter.rest)}.`,
    )
  } else if (splitter.rest > 0) {
    warnings.add(
      `The file was cut short ${formatCount(splitter.rest)} bytes into a packet, at byte ${formatCount(splitter.total)}; ` +
        `packets before that, which were read: ${formatCount(splitter.packets)}.`,
    )
  }
  if (reader.skipped > 0) {
    warnings.add(
      `A second trace begins in the file; its packets, which were not read: ${formatCount(reader.skipped)}. ` +
        `Traces are put into one by: tracer combine a.pftrace b.pftrace -o both.pftrace.`,
    )
  }
  return { trace: buildTrace(builder, reader, warnings), warnings: warnings.sentences() }
}

async function readCompressed(reader: PacketReader, warnings: ReadWarnings): Promise<void> {
  const { compressed } = reader
  reader.compressed = undefined
  if (compressed === undefined) return
  const splitter = new PacketSplitter((bytes, start, end) => {
    reader.take(bytes, start, end)
    // Packets inside are not compressed again.
    reader.compressed = undefined
    return false
  })
  try {
    for await (const piece of inflate(compressed)) splitter.push(piece)
  } catch {
    warnings.count('notInflated')
    return
  }
  if (splitter.broken !== undefined || splitter.rest > 0) warnings.count('notInflated')
}

function whyNot({ broken, total, packets, rest }: PacketSplitter): string {
  if (total === 0) return 'it is empty'
  if (broken !== undefined) return `it breaks off at byte ${formatCount(broken.offset)}, because ${broken.cause}`
  if (packets > 0) return `none of the ${formatCount(packets)} packets up to byte ${formatCount(total - rest)} is known`
  return `the first packet, at byte 0, is longer than the file of ${formatCount(total)} bytes`
}
