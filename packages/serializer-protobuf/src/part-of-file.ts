import type { BytePart, StoredBytes } from '@tracer/core'
import { Cursor, MalformedMessage } from './cursor.js'
import { SEQUENCE_FLAGS } from './fields.js'
import { PacketFields } from './packet-fields.js'
import { isPacketField } from './packet-kinds.js'
import { PacketSplitter } from './packet-splitter.js'
import { PACKET_TAG, Pages } from './pages.js'

const STEP_BYTES = 2 ** 22
/** What stands before the events is small; a file in which it is not is read without the rest of it. */
const MOST_HEADER_BYTES = 2 ** 26
/** In so many bytes a packet begins, or it is larger than any that is looked for. */
const WINDOW_BYTES = 2 ** 20
const MOST_WINDOW_BYTES = 2 ** 26
/** So many packets one behind the other are no accident; as many have to be whole in any case. */
const ENOUGH_PACKETS = 50
const LEAST_PACKETS = 4

/**
 * The packets before the first event, and those of a part of the file. What a sequence relies on is said anew after a
 * megabyte or more; its events up to there are lost.
 */
export async function* partOfFile(file: StoredBytes, { from, to }: BytePart): AsyncGenerator<Uint8Array, void> {
  const header = await headerOf(file, to)
  const isWithin = from > header.end
  if (isWithin) yield* header.pages
  const start = isWithin ? await firstPacket(file, from, to) : 0
  for (let at = start; at < to; at += STEP_BYTES) yield await file.read(at, Math.min(to, at + STEP_BYTES))
}

/** Packets before the first event, without those that open a sequence: its events behind a gap rely on others. */
async function headerOf(file: StoredBytes, until: number): Promise<{ pages: Uint8Array[]; end: number }> {
  const pages = new Pages()
  const fields = new PacketFields()
  let eventBytes = 0
  const splitter = new PacketSplitter((bytes, start, end) => {
    if (!canRead(fields, bytes, start, end) || fields.eventEnd !== 0) eventBytes = end - headStart(bytes, start)
    else if (!opensSequence(fields)) pages.appendPacket(bytes.subarray(start, end))
    return eventBytes > 0
  })
  const most = Math.min(until, MOST_HEADER_BYTES)
  for (let at = 0; at < most && eventBytes === 0 && splitter.broken === undefined; at += WINDOW_BYTES) {
    splitter.push(await file.read(at, Math.min(most, at + WINDOW_BYTES)))
  }
  return { pages: pages.takeRest(), end: splitter.total - splitter.rest - eventBytes }
}

function opensSequence({ sequenceFlags }: PacketFields): boolean {
  return (sequenceFlags & SEQUENCE_FLAGS.incrementalStateCleared) !== 0
}

/** Where the tag of a packet stands: before its length, the bytes of which but for the last are marked. */
function headStart(bytes: Uint8Array, start: number): number {
  let at = start - 1
  while (bytes[at - 1] >= 0x80) at--
  return at - 1
}

/** Where the first packet behind a place begins; `until` when none does. */
async function firstPacket(file: StoredBytes, from: number, until: number): Promise<number> {
  for (let size = WINDOW_BYTES; size <= MOST_WINDOW_BYTES; size *= 8) {
    const bytes = await file.read(from, Math.min(until, from + size))
    const isEnd = from + bytes.length >= until
    for (let at = bytes.indexOf(PACKET_TAG); at !== -1; at = bytes.indexOf(PACKET_TAG, at + 1)) {
      if (startPackets(bytes, at, isEnd)) return from + at
    }
    if (isEnd) break
  }
  return until
}

/** Whether one packet follows another from here on. */
function startPackets(bytes: Uint8Array, start: number, isEnd: boolean): boolean {
  const cursor = new Cursor(bytes, start, bytes.length)
  const fields = new PacketFields()
  let packets = 0
  try {
    for (; packets < ENOUGH_PACKETS && cursor.at < bytes.length; packets++) {
      if (bytes[cursor.at++] !== PACKET_TAG) return false
      const length = cursor.varint()
      const end = cursor.at + length
      if (length === 0) return false
      if (end > bytes.length) break
      if (!canRead(fields, bytes, cursor.at, end) || !fields.rare.every(isPacketField)) return false
      cursor.at = end
    }
  } catch (error) {
    // The last length may be cut.
    if (!(error instanceof MalformedMessage)) throw error
  }
  return packets >= LEAST_PACKETS || (isEnd && packets > 0)
}

function canRead(fields: PacketFields, bytes: Uint8Array, start: number, end: number): boolean {
  try {
    fields.read(bytes, start, end)
    return true
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
    return false
  }
}
