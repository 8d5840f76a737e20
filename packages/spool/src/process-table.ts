import type { ProcessIndex, TraceBuilder } from '@tracer/core'
import type { ChildNote } from './children-log.js'
import type { ThreadHeader } from './reports.js'

/** The processes of a session. A number that the system gave twice stands for two. */
export class ProcessTable {
  readonly #builder: TraceBuilder
  readonly #processes: KnownProcess[] = []

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  /** The process of a thread; `file` is the name of its spool, which says when it began. */
  indexOf({ pid, threadId, processName, commandLine, spawnKey = '' }: ThreadHeader, file: string): ProcessIndex {
    const startedAt = startOf(file)
    const known = threadId === 0 ? undefined : this.#latest(pid, startedAt)
    if (known !== undefined) return known.index
    const index = this.#builder.addProcess({ pid, name: processName, commandLine })
    this.#processes.push({ index, pid, startedAt, key: spawnKey })
    return index
  }

  /** Said by the main thread itself, which was the last to be added. */
  setExitCode({ pid }: ThreadHeader, exitCode: number): void {
    const process = this.#latest(pid, Infinity)
    if (process !== undefined) this.#builder.setProcessEnd(process.index, { exitCode })
  }

  /** Takes what those that started the processes know; gives a sentence for each that left nothing. */
  finish(notes: readonly ChildNote[]): string[] {
    const sentences: string[] = []
    for (const { key, pid, commandLine, exitCode, signal } of notes) {
      const process = this.#processes.findLast((each) => each.pid === pid && each.key === key)
      if (typeof signal === 'string') {
        if (process !== undefined) this.#builder.setProcessEnd(process.index, { signal })
      } else if (typeof exitCode === 'number') {
        if (process !== undefined) this.#builder.setProcessEnd(process.index, { exitCode })
      } else if (commandLine !== undefined && !this.#processes.some((each) => each.key === key)) {
        sentences.push(`process ${pid} was not recorded: ${shortened(commandLine.join(' '))}`)
      }
    }
    return sentences
  }

  /** Main threads are read before the others of their processes. */
  #latest(pid: number, startedAt: number): KnownProcess | undefined {
    const all = this.#processes.filter((process) => process.pid === pid)
    return all.findLast((process) => !(process.startedAt > startedAt)) ?? all.at(-1)
  }
}

interface KnownProcess {
  readonly index: ProcessIndex
  readonly pid: number
  /** On the machine's monotonic axis; NaN when it is not known. */
  readonly startedAt: number
  readonly key: string
}

/** The last part of a name is the time at which the thread began: `4711-0-1x2y3z.spool`. */
function startOf(file: string): number {
  const [, text] = /-([0-9a-z]+)\.spool$/.exec(file) ?? []
  return text === undefined ? NaN : parseInt(text, 36)
}

/** Orders spools by when their threads began, or by their names where these do not say it. */
export function byStart(a: string, b: string): number {
  return startOf(a) - startOf(b) || (a < b ? -1 : 1)
}

const MOST_CHARACTERS = 100

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`
}
