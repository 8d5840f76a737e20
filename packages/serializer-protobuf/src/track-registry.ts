import { type Cursor } from './cursor.js'
import { COUNTER, PROCESS, THREAD, TRACK } from './fields.js'
import { TrackDraft, type TrackKey } from './track-draft.js'

const TWO_21 = 2 ** 21
const TWO_32 = 2 ** 32

/** All tracks of a file, by their uuid or what else tells them apart. */
export class TrackRegistry {
  readonly #tracks = new Map<TrackKey, TrackDraft>()
  #lastHigh = -1
  #lastLow = -1
  #last: TrackDraft | undefined

  all(): IterableIterator<TrackDraft> {
    return this.#tracks.values()
  }

  find(key: TrackKey): TrackDraft | undefined {
    return this.#tracks.get(key)
  }

  of(key: TrackKey): TrackDraft {
    let track = this.#tracks.get(key)
    if (track === undefined) this.#tracks.set(key, (track = new TrackDraft(key)))
    return track
  }

  /** Hot: the track of a uuid in halves of 32 bits. */
  ofUuid(high: number, low: number): TrackDraft {
    if (this.#last !== undefined && low === this.#lastLow && high === this.#lastHigh) return this.#last
    this.#lastHigh = high
    this.#lastLow = low
    return (this.#last = this.of(keyOf(high, low)))
  }

  /** The track of a thread that old producers name by its numbers. */
  ofThread(pid: number, tid: number): TrackDraft {
    const track = this.of(`thread ${pid}/${tid}`)
    track.thread ??= { pid, tid }
    track.isDescribed = true
    return track
  }

  /** Takes a `TrackDescriptor`; undefined when it has no uuid. */
  describe(cursor: Cursor, names: ProcessNames): TrackDraft | undefined {
    let key: TrackKey | undefined
    let parent: TrackKey | undefined
    let name: string | undefined
    let process: { pid: number } | undefined
    let thread: { pid: number; tid: number } | undefined
    let counter: { isIncremental: boolean; unitMultiplier: number } | undefined
    while (cursor.next()) {
      if (cursor.field === TRACK.uuid) {
        key = keyOf(cursor.high, cursor.low)
      } else if (cursor.field === TRACK.parentUuid) {
        parent = keyOf(cursor.high, cursor.low)
      } else if (
        cursor.field === TRACK.name ||
        cursor.field === TRACK.staticName ||
        cursor.field === TRACK.atraceName
      ) {
        name = cursor.text()
      } else if (cursor.field === TRACK.process) {
        process = names.addProcess(cursor.message())
      } else if (cursor.field === TRACK.thread) {
        thread = names.addThread(cursor.message())
      } else if (cursor.field === TRACK.counter) {
        counter = readCounter(cursor.message())
      }
    }
    if (key === undefined) return undefined
    const track = this.of(key)
    track.isDescribed = true
    track.name = name ?? track.name
    track.parent = parent ?? track.parent
    track.thread = thread ?? track.thread
    track.process = process ?? track.process
    if (counter !== undefined) Object.assign(track, { isCounter: true, ...counter })
    return track
  }
}

/** What is known of processes and threads, by their numbers. */
export class ProcessNames {
  readonly processes = new Map<number, { name: string; commandLine: readonly string[] }>()
  readonly threads = new Map<string, { pid: number; tid: number; name: string }>()

  /** Takes a `ProcessDescriptor`. */
  addProcess(cursor: Cursor): { pid: number } {
    let [pid, name] = [0, '']
    const commandLine: string[] = []
    while (cursor.next()) {
      if (cursor.field === PROCESS.pid) pid = cursor.signed()
      else if (cursor.field === PROCESS.name) name = cursor.text()
      else if (cursor.field === PROCESS.commandLine) commandLine.push(cursor.text())
    }
    this.nameProcess(pid, name, commandLine)
    return { pid }
  }

  /** Takes a `ThreadDescriptor`. */
  addThread(cursor: Cursor): { pid: number; tid: number; referenceNs: number | undefined } {
    let [pid, tid, name] = [0, 0, '']
    let referenceNs: number | undefined
    while (cursor.next()) {
      if (cursor.field === THREAD.pid) pid = cursor.signed()
      else if (cursor.field === THREAD.tid) tid = cursor.signed()
      else if (cursor.field === THREAD.name) name = cursor.text()
      else if (cursor.field === THREAD.referenceTimestampUs) referenceNs = cursor.signed() * 1000
    }
    this.nameThread(pid, tid, name)
    return { pid, tid, referenceNs }
  }

  nameProcess(pid: number, name: string, commandLine: readonly string[]): void {
    const known = this.processes.get(pid)
    this.processes.set(pid, {
      name: name === '' ? (known?.name ?? '') : name,
      commandLine: commandLine.length === 0 ? (known?.commandLine ?? []) : commandLine,
    })
  }

  nameThread(pid: number, tid: number, name: string): void {
    const key = `${pid}/${tid}`
    const known = this.threads.get(key)
    this.threads.set(key, { pid, tid, name: name === '' ? (known?.name ?? '') : name })
  }
}

function readCounter(cursor: Cursor): { isIncremental: boolean; unitMultiplier: number } {
  const counter = { isIncremental: false, unitMultiplier: 1 }
  while (cursor.next()) {
    if (cursor.field === COUNTER.isIncremental) counter.isIncremental = cursor.value !== 0
    // 0 stands for 1.
    else if (cursor.field === COUNTER.unitMultiplier) counter.unitMultiplier = cursor.value || 1
  }
  return counter
}

/** Uuids are 64 bits, of which a number holds 53: those beyond are kept apart as big ones. */
function keyOf(high: number, low: number): TrackKey {
  return high < TWO_21 ? high * TWO_32 + low : (BigInt(high) << 32n) | BigInt(low)
}
