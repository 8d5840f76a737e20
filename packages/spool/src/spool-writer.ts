import type { RecordColumns } from '@tracer/core'
import fs from 'node:fs'
import { TextEncoder } from 'node:util'
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
  type BlockKind,
} from './block.js'
import type {
  CallCounts,
  ClockPair,
  DroppedRecords,
  LeftOutCalls,
  ModeMove,
  NewModuleReport,
  RecordingSwitch,
  ThreadEnd,
  ThreadHeader,
} from './reports.js'

// Taken now: a traced program may put others in their place.
const encoder = new TextEncoder()
const { closeSync, fstatSync, ftruncateSync, openSync, writevSync } = fs

/**
 * Appends blocks to a spool file, synchronously: what `write…` has returned from survives the
 * process. Errors of the file system are thrown as they are, and leave the file as it was before
 * the block; a caller inside a traced program has to catch them.
 */
export class SpoolWriter {
  readonly #fd: number

  constructor(path: string) {
    this.#fd = openSync(path, 'a')
  }

  writeThread(header: ThreadHeader): void {
    this.#writeJson(THREAD, header)
  }

  writeModule(report: NewModuleReport): void {
    if (report.outcome !== 'instrumented' || typeof report.sites !== 'string') {
      this.#writeJson(MODULE, report)
      return
    }
    const { sites, ...rest } = report
    this.#writeText(MODULE, `${JSON.stringify(rest).slice(0, -1)},"sites":${sites}}`)
  }

  writeEnd(end: ThreadEnd): void {
    this.#writeJson(END, end)
  }

  writeMoves(moves: readonly ModeMove[]): void {
    this.#writeJson(MOVES, moves)
  }

  writeDrops(drops: readonly DroppedRecords[]): void {
    this.#writeJson(DROPS, drops)
  }

  /** Takes the place of what was written before. */
  writeLeftOut(calls: LeftOutCalls): void {
    this.#writeJson(LEFT_OUT, calls)
  }

  writeSwitches(switches: readonly RecordingSwitch[]): void {
    this.#writeJson(SWITCHES, switches)
  }

  writeClock(pairs: readonly ClockPair[]): void {
    const numbers = Float64Array.from(pairs.flatMap(({ ticks, monotonicNs }) => [ticks, monotonicNs]))
    this.#writeAll([Uint32Array.of(CLOCK, numbers.byteLength), numbers])
  }

  /** Takes the place of earlier counts of the same sites. */
  writeCounts({ length, site, calls, ticks, laterRuns }: CallCounts): void {
    this.#writeColumns(COUNTS, length, site, calls, ticks, laterRuns)
  }

  /** Hot by the chunk: the columns go to the file as they lie in memory. */
  writeRecords({ length, site, start, end }: RecordColumns): void {
    this.#writeColumns(RECORDS, length, site, start, end)
  }

  /** The bytes of events as they lie in memory, in pieces of whole units. */
  writeEvents(pieces: readonly Uint8Array[]): void {
    this.#writePieces(EVENTS, pieces)
  }

  /** The bytes of garbage collections as they lie in memory, in pieces of whole ones. */
  writeCollections(pieces: readonly Uint8Array[]): void {
    this.#writePieces(COLLECTIONS, pieces)
  }

  close(): void {
    closeSync(this.#fd)
  }

  #writePieces(kind: BlockKind, pieces: readonly Uint8Array[]): void {
    let byteLength = 0
    for (const piece of pieces) byteLength += piece.byteLength
    this.#writeAll([Uint32Array.of(kind, byteLength), ...pieces])
  }

  #writeColumns(kind: BlockKind, length: number, site: Int32Array, ...columns: readonly Float64Array[]): void {
    const siteBytes = padded(site.byteLength)
    const payload = columns.reduce((bytes, { byteLength }) => bytes + byteLength, COUNT_BYTES + siteBytes)
    const head = Uint32Array.of(kind, payload, length, 0)
    const pad = new Uint8Array(siteBytes - site.byteLength)
    this.#writeAll([head, site, pad, ...columns])
  }

  #writeJson(kind: BlockKind, value: object): void {
    this.#writeText(kind, JSON.stringify(value))
  }

  #writeText(kind: BlockKind, text: string): void {
    const payload = encoder.encode(text)
    const pad = new Uint8Array(padded(payload.byteLength) - payload.byteLength)
    this.#writeAll([Uint32Array.of(kind, payload.byteLength), payload, pad])
  }

  #writeAll(views: readonly (Uint8Array | Int32Array | Uint32Array | Float64Array)[]): void {
    const { size } = fstatSync(this.#fd)
    try {
      this.#writeBytes(views.map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)))
    } catch (error) {
      // Half a block would hide every later one from a reader.
      ftruncateSync(this.#fd, size)
      throw error
    }
  }

  /** One system call as a rule; a write that was cut short, by a full disk or a signal, goes on where it stopped. */
  #writeBytes(bytes: readonly Uint8Array[]): void {
    let rest = bytes
    while (rest.length > 0) {
      let written = writevSync(this.#fd, rest)
      while (rest.length > 0 && written >= rest[0].byteLength) {
        written -= rest[0].byteLength
        rest = rest.slice(1)
      }
      if (rest.length > 0 && written > 0) {
        rest = [rest[0].subarray(written), ...rest.slice(1)]
      }
    }
  }
}

/** The count of a RECORDS or COUNTS block and the zero after it. */
const COUNT_BYTES = BLOCK_HEADER_BYTES
