import type { RecordColumns } from '@tracer/core'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import {
  BLOCK_HEADER_BYTES,
  CLOCK,
  COLLECTIONS,
  COUNTS,
  DROPS,
  END,
  EVENTS,
  LEFT_OUT,
  MODULE,
  MOVES,
  padded,
  RECORDS,
  SWITCHES,
  THREAD,
} from './block.js'
import { readCollections, type Collection } from './collections.js'
import { readEvents, type LoggedEvent } from './event-reader.js'
import {
  SPOOL_VERSION,
  type CallCounts,
  type ClockPair,
  type DroppedRecords,
  type LeftOutCalls,
  type ModeMove,
  type ModuleReport,
  type RecordingSwitch,
  type ThreadEnd,
  type ThreadHeader,
} from './reports.js'

/** One block of a spool file. */
export type SpoolBlock =
  | { readonly kind: 'records'; readonly records: RecordColumns }
  | { readonly kind: 'thread'; readonly header: ThreadHeader }
  | { readonly kind: 'module'; readonly report: ModuleReport }
  | { readonly kind: 'end'; readonly end: ThreadEnd }
  | { readonly kind: 'clock'; readonly pairs: readonly ClockPair[] }
  | { readonly kind: 'counts'; readonly counts: CallCounts }
  | { readonly kind: 'moves'; readonly moves: readonly ModeMove[] }
  | { readonly kind: 'drops'; readonly drops: readonly DroppedRecords[] }
  | { readonly kind: 'leftOut'; readonly calls: LeftOutCalls }
  | { readonly kind: 'switches'; readonly switches: readonly RecordingSwitch[] }
  | { readonly kind: 'events'; readonly events: Iterable<LoggedEvent> }
  | { readonly kind: 'collections'; readonly collections: Iterable<Collection> }
  /** The file ends in the middle of a block: its writer was killed while writing. */
  | { readonly kind: 'cut'; readonly bytes: number }

/** Reads a spool file block by block; holds one block at a time. At once: it lies in memory, just written. */
export function* readSpool(path: string): Generator<SpoolBlock> {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    for (let offset = 0; offset < size;) {
      const head = readHead(file, offset, size)
      const content = head === undefined ? undefined : decode(head.kind, readPayload(file, head))
      if (head === undefined || content === undefined) {
        yield { kind: 'cut', bytes: size - offset }
        return
      }
      yield content
      offset = head.next
    }
  } finally {
    closeSync(file)
  }
}

/** What has to be known before the first record is read. */
export interface SpoolForeword {
  readonly pairs: readonly ClockPair[]
  readonly switches: readonly RecordingSwitch[]
  /** How many records there are at most. */
  readonly records: number
}

/** All clock pairs and switches of a spool file, in order: every other block is stepped over. */
export function readForeword(path: string): SpoolForeword {
  const pairs: ClockPair[] = []
  const switches: RecordingSwitch[] = []
  let records = 0
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    let head = readHead(file, 0, size)
    while (head !== undefined) {
      if (head.kind === CLOCK) pairs.push(...decodePairs(readPayload(file, head)))
      if (head.kind === SWITCHES) switches.push(...parseJson<RecordingSwitch[]>(readPayload(file, head)))
      if (head.kind === RECORDS) records += Math.floor(head.byteLength / RECORD_BYTES)
      head = readHead(file, head.next, size)
    }
    return { pairs, switches, records }
  } finally {
    closeSync(file)
  }
}

/** Site, start and end. */
const RECORD_BYTES = Int32Array.BYTES_PER_ELEMENT + 2 * Float64Array.BYTES_PER_ELEMENT

/** Where a block's payload lies. */
interface BlockHead {
  readonly kind: number
  readonly start: number
  readonly byteLength: number
  readonly next: number
}

/** Undefined when the file ends before the block does. */
function readHead(file: number, offset: number, size: number): BlockHead | undefined {
  const start = offset + BLOCK_HEADER_BYTES
  if (start > size) return undefined
  const [kind, byteLength] = new Uint32Array(readExactly(file, offset, BLOCK_HEADER_BYTES))
  return start + byteLength > size ? undefined : { kind, start, byteLength, next: start + padded(byteLength) }
}

function readPayload(file: number, { start, byteLength }: BlockHead): ArrayBuffer {
  return readExactly(file, start, byteLength)
}

function decode(kind: number, payload: ArrayBuffer): SpoolBlock | undefined {
  switch (kind) {
    case RECORDS: {
      const { length, site, column } = decodeColumns(payload)
      return { kind: 'records', records: { length, site, start: column(0), end: column(1) } }
    }
    case COUNTS: {
      const { length, site, column } = decodeColumns(payload)
      return { kind: 'counts', counts: { length, site, calls: column(0), ticks: column(1), laterRuns: column(2) } }
    }
    case CLOCK:
      return { kind: 'clock', pairs: decodePairs(payload) }
    case MOVES:
      return { kind: 'moves', moves: parseJson<ModeMove[]>(payload) }
    case DROPS:
      return { kind: 'drops', drops: parseJson<DroppedRecords[]>(payload) }
    case LEFT_OUT:
      return { kind: 'leftOut', calls: parseJson<LeftOutCalls>(payload) }
    case SWITCHES:
      return { kind: 'switches', switches: parseJson<RecordingSwitch[]>(payload) }
    case EVENTS:
      return { kind: 'events', events: readEvents(payload) }
    case COLLECTIONS:
      return { kind: 'collections', collections: readCollections(payload) }
    case THREAD: {
      const header = parseJson<ThreadHeader>(payload)
      return header.version === SPOOL_VERSION ? { kind: 'thread', header } : undefined
    }
    case MODULE:
      return { kind: 'module', report: parseJson<ModuleReport>(payload) }
    case END:
      return { kind: 'end', end: parseJson<ThreadEnd>(payload) }
    default:
      return undefined
  }
}

function decodeColumns(buffer: ArrayBuffer): {
  readonly length: number
  readonly site: Int32Array
  readonly column: (number: number) => Float64Array
} {
  const [length] = new Uint32Array(buffer, 0, 1)
  const siteOffset = BLOCK_HEADER_BYTES
  const firstOffset = siteOffset + padded(length * Int32Array.BYTES_PER_ELEMENT)
  const bytes = length * Float64Array.BYTES_PER_ELEMENT
  return {
    length,
    site: new Int32Array(buffer, siteOffset, length),
    column: (number) => new Float64Array(buffer, firstOffset + number * bytes, length),
  }
}

function decodePairs(buffer: ArrayBuffer): ClockPair[] {
  const length = Math.floor(buffer.byteLength / (2 * Float64Array.BYTES_PER_ELEMENT))
  const numbers = new Float64Array(buffer, 0, 2 * length)
  return Array.from({ length }, (_, i) => ({
    ticks: numbers[2 * i],
    monotonicNs: numbers[2 * i + 1],
  }))
}

/** Blocks are read back by the version that wrote them, which is checked first: the shape is known. */
function parseJson<Shape>(payload: ArrayBuffer): Shape {
  return JSON.parse(new TextDecoder().decode(payload)) as Shape
}

/** `length` bytes at `offset`; zeros where the file became shorter meanwhile. */
function readExactly(file: number, offset: number, length: number): ArrayBuffer {
  const buffer = new ArrayBuffer(length)
  const bytes = new Uint8Array(buffer)
  let filled = 0
  while (filled < length) {
    const bytesRead = readSync(file, bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer
}
