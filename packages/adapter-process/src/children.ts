import type { EventLog, NameId } from '@tracer/recorder'
import { noteChild } from '@tracer/spool'
import type { SpawnRequest } from './bindings.js'
import { markedEnvironment, type RecordingVariables } from './child-environment.js'
import { commandName, isNode, mayStartNode, runsProgram, wrapsNode } from './commands.js'
import { shortCommand } from './short-command.js'

/** How a child is known from its start to its end. */
export interface StartedChild {
  readonly key: string
  readonly span: number
  readonly envPairs: readonly string[]
  /** Whether it should record itself. */
  readonly isExpected: boolean
}

/** Children of one thread: each is a span from its start to its end, and the start of an arrow to its first slice. */
export class Children {
  readonly #events: EventLog
  readonly #folder: string
  readonly #recording: RecordingVariables
  readonly #isDetached: boolean
  readonly #space: string
  readonly #names = new Map<string, NameId>()
  #count = 0

  /** `space` names the thread among all of the session; `isDetached` says whether its process is to outlive others. */
  constructor(events: EventLog, folder: string, recording: RecordingVariables, space: string, isDetached: boolean) {
    this.#events = events
    this.#folder = folder
    this.#recording = recording
    this.#space = space
    this.#isDetached = isDetached
  }

  start({ file, args, cwd, envPairs, isDetached }: SpawnRequest): StartedChild {
    const key = `${this.#space}-${++this.#count}`
    const span = FIRST_SPAN + this.#count
    const mark = { key, isDetached: isDetached || this.#isDetached }
    const marked = markedEnvironment(
      envPairs,
      mark,
      this.#recording,
      () => mayStartNode(file, cwd) || wrapsNode(file, args),
    )
    this.#events.flow(key)
    this.#events.beginSpan(this.#nameOf(file, args), span, argsText({ command: shortened(args) }))
    this.#events.flowSpan(key, span)
    return { key, span, envPairs: marked, isExpected: (isNode(file) && runsProgram(args)) || wrapsNode(file, args) }
  }

  /** All have one track. A program that starts others for ever has no end of names: then commands have theirs only. */
  #nameOf(file: string, args: readonly string[]): NameId {
    const text = this.#names.size < MOST_NAMES ? shortCommand(file, args) : commandName(file)
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const name = this.#events.spanName(text, { track: this.#events.name(TRACK) })
    if (name !== 0) this.#names.set(text, name)
    return name
  }

  /** It runs. */
  started({ key, isExpected }: StartedChild, pid: number, { args }: SpawnRequest): void {
    if (isExpected) noteChild(this.#folder, { key, pid, commandLine: args })
  }

  ended({ key, span }: StartedChild, pid: number, exitCode: number | undefined, signal: string | undefined): void {
    const end = signal === undefined ? { exitCode } : { signal }
    this.#events.endSpan(span, argsText({ pid, ...end }))
    noteChild(this.#folder, { key, pid, ...end })
  }

  failed({ span }: StartedChild): void {
    this.#events.endSpan(span, argsText({ failed: true }))
  }
}

/** Far from the numbers that others give to spans of the same thread. */
const FIRST_SPAN = 2 ** 50
const TRACK = 'child processes'
const MOST_NAMES = 200
const MOST_CHARACTERS = 1000

function shortened(args: readonly string[]): string {
  const text = args.join(' ')
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`
}

function argsText(args: object): string {
  return JSON.stringify(args)
}
