import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventBytes } from './event-bytes.js'
import { COLLECTION_FLAG_STEP, SPOOL_VERSION, spoolFileName, SpoolWriter } from '../src/index.js'

/** Functions that a written session knows, in the order of their ids from 1. */
const FUNCTIONS = ['f', 'g', 'h']

/**
 * Writes a session of one thread or more as a text says, a block a line, and gives its folder. Ticks
 * are of 2 ns, from 1000 ns on.
 *
 * ```
 * thread main budget 10             or: collections v8, or observer
 * f 5-9                              a record, in ticks
 * counts f 12x 400 g 3x 9 +2         calls and ticks, and later runs
 * clock 0=1000 10=1020
 * move f checked @8 12x 70 ns calls are short
 * drops 3x 4-6
 * event instant @5 1 #0 {"a":1}    see eventBytes
 * gc minor+forced 5-9 30:10         a collection, in ticks and in MB of the heap; ?:? where nobody knows
 * left 12 short 3 deep
 * stopped @8
 * started @12
 * end 70/30 check 4 tick 1000 latest 53000
 * ```
 */
export function writtenSession(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-spool-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  let writer: SpoolWriter | undefined
  let threads = 0
  for (const line of text.trim().split('\n')) {
    const [kind, ...words] = line.trim().split(' ')
    if (kind === 'thread') {
      writer?.close()
      writer = begin(folder, threads++, words)
    } else if (writer === undefined) {
      throw new Error(`No thread before: ${line}`)
    } else {
      writeLine(writer, kind, words)
    }
  }
  writer?.close()
  return folder
}

function begin(folder: string, threadId: number, [threadName, what, value]: readonly string[]): SpoolWriter {
  const writer = new SpoolWriter(join(folder, spoolFileName(threadName)))
  writer.writeThread({
    version: SPOOL_VERSION,
    pid: 7,
    threadId,
    threadName,
    processName: 'app.js',
    commandLine: [],
    clock: { id: 'native', nsPerTick: 2, originNs: 1000, originEpochMs: 0 },
    ...(what === 'budget' && { budgetPercent: Number(value) }),
    ...(what === 'collections' && { collections: value === 'v8' ? 'v8' : 'observer' }),
  })
  writer.writeModule({
    outcome: 'instrumented',
    file: '/app.js',
    firstSiteId: 1,
    sites: FUNCTIONS.map((name, index) => ['function', name, '/app.js', index + 1, 1]),
    functionsSkipped: {},
  })
  return writer
}

function writeLine(writer: SpoolWriter, kind: string, words: readonly string[]): void {
  switch (kind) {
    case 'counts': {
      const rows = words
        .join(' ')
        .split(/ (?=[a-z])/)
        .map((row) => row.split(' '))
      writer.writeCounts({
        length: rows.length,
        site: Int32Array.from(rows, ([name]) => idOf(name)),
        calls: Float64Array.from(rows, ([, calls]) => timesOf(calls)),
        ticks: Float64Array.from(rows, ([, , ticks]) => Number(ticks)),
        laterRuns: Float64Array.from(rows, ([, , , laterRuns = 0]) => Number(laterRuns)),
      })
      return
    }
    case 'clock':
      writer.writeClock(words.map((word) => numbers(word, '=')).map(([ticks, monotonicNs]) => ({ ticks, monotonicNs })))
      return
    case 'move': {
      const [name, to, at, calls, meanNs, , ...reason] = words
      writer.writeMoves([
        {
          site: idOf(name),
          to: to === 'checked' ? 'checked' : 'timed',
          atTicks: Number(at.slice(1)),
          calls: timesOf(calls),
          meanNs: Number(meanNs),
          reason: reason.join(' '),
        },
      ])
      return
    }
    case 'drops': {
      const [fromTicks, toTicks] = numbers(words[1], '-')
      writer.writeDrops([{ count: timesOf(words[0]), fromTicks, toTicks }])
      return
    }
    case 'event':
      writer.writeEvents([eventBytes(words)])
      return
    case 'gc':
      writer.writeCollections([collectionBytes(words)])
      return
    case 'broken':
      writer.writeEvents([new Uint8Array(40)])
      return
    case 'left':
      writer.writeLeftOut({ short: Number(words[0]), deep: Number(words[2]) })
      return
    case 'stopped':
    case 'started':
    case 'ended':
      writer.writeSwitches([{ to: kind, atTicks: Number(words[0].slice(1)) }])
      return
    case 'end': {
      const [[overheadNs, overheadInsideNs], checkNs, tickNs, latestTickNs] = [
        numbers(words[0], '/'),
        ...[words[2], words[4], words[6]].map(Number),
      ] as const
      writer.writeEnd({ overheadNs, overheadInsideNs, checkNs, tickNs, latestTickNs })
      return
    }
    default: {
      const [start, end] = numbers(words[0], '-')
      writer.writeRecords({
        length: 1,
        site: Int32Array.of(idOf(kind)),
        start: Float64Array.of(start),
        end: Float64Array.of(end),
      })
    }
  }
}

const COLLECTION_TYPES: Readonly<Record<string, number>> = { minor: 1, major: 4, incremental: 8, weak: 16 }
const FORCED = 4

function collectionBytes([what, when, heap]: readonly string[]): Uint8Array {
  const [type, flag] = what.split('+')
  const used = heap.split(':').map((mb) => (mb === '?' ? NaN : Number(mb) * 1e6))
  const typeAndFlags = COLLECTION_TYPES[type] + COLLECTION_FLAG_STEP * (flag === 'forced' ? FORCED : 0)
  return new Uint8Array(Float64Array.of(...numbers(when, '-'), typeAndFlags, ...used).buffer)
}

function idOf(name: string): number {
  const index = FUNCTIONS.indexOf(name)
  if (index === -1) throw new Error(`No function of a written session: ${name}`)
  return index + 1
}

/** `12x`. */
function timesOf(text: string): number {
  return Number(text.slice(0, -1))
}

function numbers(text: string, separator: string): number[] {
  return text.split(separator).map(Number)
}
