import type { ProcessIndex, ThreadIndex, Trace, TraceBuilder } from '@tracer/core'
import type { FileHeader } from './file-header.js'
import { finiteNumber, textOr } from './raw-event.js'

/** Processes and threads of a file, found by the numbers that its events bear. */
export class ThreadTable {
  readonly #builder: TraceBuilder
  readonly #processes = new Map<number, ProcessIndex>()
  readonly #threads = new Map<string, ThreadIndex>()
  /** By position in our own header. */
  #own: readonly ThreadIndex[] = []
  /** By `pid` and by `pid/tid`: names may come before and after the events. */
  readonly #names = new Map<string, string>()
  readonly #processNames = new Map<ProcessIndex, string>()
  readonly #threadNames = new Map<ThreadIndex, string>()
  /** Some writers give text where a number belongs. */
  readonly #numbers = new Map<string, number>()
  /** Most events are of the same thread as the one before. */
  #lastPid: unknown
  #lastTid: unknown
  #last: ThreadIndex | undefined
  /** By pid, then tid, as events bear them: in some files each event is of another thread. */
  readonly #seen = new Map<unknown, Map<unknown, ThreadIndex>>()

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  /** Takes processes and threads as our own header lists them. */
  addHeader(header: FileHeader): void {
    const processes = header.processes.map(({ filePid, ...process }) => {
      const index = this.#builder.addProcess(process)
      this.#processes.set(filePid, index)
      this.#processNames.set(index, process.name)
      return index
    })
    this.#own = header.threads.map(({ fileTid, process, tid, name, drops, complete }) => {
      const thread = this.#builder.addThread({ process: processes[process], tid, name })
      this.#threads.set(`${header.processes[process].filePid}/${fileTid}`, thread)
      this.#threadNames.set(thread, name)
      for (const drop of drops) this.#builder.addDrop(thread, drop)
      if (!complete) this.#builder.setIncomplete(thread)
      return thread
    })
    this.#last = undefined
    this.#seen.clear()
  }

  /** The thread at a position of our own header; undefined when the file lacks it. */
  ownAt(position: number): ThreadIndex | undefined {
    return position in this.#own ? this.#own[position] : undefined
  }

  /** Takes a `process_name` or `thread_name` event. */
  setName(event: 'process_name' | 'thread_name', rawPid: unknown, rawTid: unknown, name: string): void {
    const pid = this.pidOf(rawPid)
    this.#names.set(event === 'process_name' ? `${pid}` : `${pid}/${this.#tidOf(rawTid, pid)}`, name)
  }

  /** Hot: the thread of an event; an unknown one is added. */
  indexOf(rawPid: unknown, rawTid: unknown): ThreadIndex {
    if (this.#last !== undefined && rawPid === this.#lastPid && rawTid === this.#lastTid) return this.#last
    this.#lastPid = rawPid
    this.#lastTid = rawTid
    this.#last = this.#seen.get(rawPid)?.get(rawTid) ?? this.#find(rawPid, rawTid)
    return this.#last
  }

  #find(rawPid: unknown, rawTid: unknown): ThreadIndex {
    const pid = this.pidOf(rawPid)
    const tid = this.#tidOf(rawTid, pid)
    const index = this.#threads.get(`${pid}/${tid}`) ?? this.#add(pid, tid)
    const seen = this.#seen.get(rawPid) ?? new Map<unknown, ThreadIndex>()
    this.#seen.set(rawPid, seen.set(rawTid, index))
    return index
  }

  pidOf(raw: unknown): number {
    return this.#numberOf(raw, 0)
  }

  /** The trace with the names that came after its threads. */
  withNames(trace: Trace): Trace {
    for (const [pid, index] of this.#processes) {
      if (!this.#processNames.has(index)) this.#processNames.set(index, this.#names.get(`${pid}`) ?? '')
    }
    for (const [key, index] of this.#threads) {
      if (!this.#threadNames.has(index)) this.#threadNames.set(index, this.#names.get(key) ?? '')
    }
    return {
      ...trace,
      processes: trace.processes.map((process, i) => ({ ...process, name: this.#processNames.get(i) ?? '' })),
      threads: trace.threads.map((thread, i) => ({ ...thread, name: this.#threadNames.get(i) ?? '' })),
    }
  }

  /** Events without a thread belong to the process, which its main thread stands for. */
  #tidOf(raw: unknown, pid: number): number {
    return this.#numberOf(raw, pid)
  }

  #numberOf(raw: unknown, fallback: number): number {
    const number = finiteNumber(raw)
    if (number !== undefined) return number
    const text = textOr(raw, '')
    if (text === '') return fallback
    let given = this.#numbers.get(text)
    if (given === undefined) {
      given = FIRST_GIVEN_NUMBER + this.#numbers.size
      this.#numbers.set(text, given)
    }
    return given
  }

  #add(pid: number, tid: number): ThreadIndex {
    let process = this.#processes.get(pid)
    if (process === undefined) {
      process = this.#builder.addProcess({ pid, name: '', commandLine: [] })
      this.#processes.set(pid, process)
    }
    const thread = this.#builder.addThread({ process, tid, name: '' })
    this.#threads.set(`${pid}/${tid}`, thread)
    return thread
  }
}

/** Above what any system gives to processes. */
const FIRST_GIVEN_NUMBER = 2 ** 31
