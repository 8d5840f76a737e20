import type { EventBatch } from './event-batch.js'
import type { EventReader } from './event-reader.js'
import { notATrace } from './not-a-trace.js'
import { isRawEvent } from './raw-event.js'
import type { ReadWarnings } from './read-warnings.js'

/** Gives the events of a batch to the reader. @throws TracerError `NOT_A_TRACE` that says which of them is broken. */
export function readBatch(batch: EventBatch, reader: EventReader, warnings: ReadWarnings): void {
  const events = parse(batch)
  if (Array.isArray(events)) {
    events.forEach((event: unknown, i) => reader.read(event, () => batch.argsText(i)))
    return
  }
  for (let i = 0; i < batch.starts.length; i++) {
    const { event, isRepaired } = parseEvent(batch, i)
    if (isRepaired) warnings.count('notANumber')
    reader.read(event, () => (isRepaired ? argsOf(event) : batch.argsText(i)))
  }
}

/** Undefined when an event is broken. */
function parse(batch: EventBatch): unknown {
  try {
    return JSON.parse(batch.text())
  } catch {
    return undefined
  }
}

/** Python writes NaN and Infinity where JSON has no word for them. */
function parseEvent(batch: EventBatch, index: number): { event: unknown; isRepaired: boolean } {
  const text = batch.eventText(index)
  try {
    return { event: JSON.parse(text), isRepaired: false }
  } catch (cause) {
    try {
      return {
        event: JSON.parse(text.replace(NO_NUMBER, (match, token?: string) => (token === undefined ? match : 'null'))),
        isRepaired: true,
      }
    } catch {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw notATrace(`the event at byte ${batch.offsets[index]} is broken JSON (${reason})`, { cause })
    }
  }
}

/** Texts, which stay, and the words that are no numbers of JSON. */
const NO_NUMBER = /"(?:[^"\\]|\\[^])*"|(-?\b(?:NaN|Infinity)\b)/g

function argsOf(event: unknown): string | undefined {
  return isRawEvent(event) ? JSON.stringify(event.args) : undefined
}
