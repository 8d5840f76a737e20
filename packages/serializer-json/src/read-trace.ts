import type { ReadTrace } from '@tracer/core'
import { readBatch } from './batch-reader.js'
import { EventReader } from './event-reader.js'
import { EventScanner, type PlainEvents } from './event-scanner.js'
import { PlainEvent } from './plain-event.js'
import { notATrace } from './not-a-trace.js'
import { ReadWarnings, formatCount } from './read-warnings.js'
import { describeForeign, viztracerSources } from './viztracer-keys.js'

/**
 * Reads Trace Event JSON of any writer, and gives back exactly the trace of our own. Phases that a
 * trace has no place for are counted in a warning; so is everything that was repaired.
 *
 * @throws TracerError `NOT_A_TRACE`
 */
export function readTrace(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadTrace> {
  return readWith(source, true)
}

/** The same; without `isFast` each event goes through `JSON.parse`, which must make no difference. */
export async function readWith(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isFast: boolean,
): Promise<ReadTrace> {
  const warnings = new ReadWarnings()
  const reader = new EventReader(warnings)
  const plain = isFast ? plainEvents(reader) : undefined
  const scanner = new EventScanner((batch) => readBatch(batch, reader, warnings), plain)
  for await (const piece of source) scanner.push(piece)
  const isWhole = scanner.end()

  warnings.count('notAnEvent', scanner.skippedElements)
  const elements = scanner.eventCount + scanner.skippedElements
  if (reader.count === 0 && elements > 0) {
    throw notATrace(`none of the ${formatCount(elements)} elements up to byte ${scanner.offset} has a phase (ph)`)
  }
  if (!isWhole) {
    const inside = scanner.cutBytes > 0 ? `, ${formatCount(scanner.cutBytes)} bytes into an event` : ''
    warnings.add(
      `The file was cut short at byte ${formatCount(scanner.offset)}${inside}; ` +
        `events before that, which were read: ${formatCount(scanner.eventCount)}.`,
    )
  }
  if (scanner.unreadFrom !== undefined) {
    warnings.add(`The JSON ends before byte ${formatCount(scanner.unreadFrom)}; what follows was not read.`)
  }
  for (const [file, text] of viztracerSources(scanner.keys, warnings)) reader.addSource(file, text)
  const trace = reader.finish(describeForeign(scanner.keys, warnings))
  return { trace, warnings: warnings.sentences() }
}

function plainEvents(reader: EventReader): PlainEvents {
  const event = new PlainEvent()
  return {
    parse: (bytes, at) => event.parse(bytes, at),
    take: () => reader.readPlain(event),
  }
}
