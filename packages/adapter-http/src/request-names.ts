import type { Callback, EventLog, NameId } from '@tracer/recorder'
import { foldedPath } from './request-parts.js'

// Taken now: a traced program may put another in its place.
const { stringify } = JSON

/** Names for the requests of one direction, each told once: what is the same for all of them is no work later. */
export class RequestNames {
  readonly #events: EventLog
  readonly #track: string
  readonly #callback: Callback
  /** By method, then target: names whose requests have these for arguments. */
  readonly #targets = new Map<string, Map<string, NameId>>()
  #targetsGiven = 0
  /** By method and path. */
  readonly #kinds = new Map<string, NameId>()
  readonly #statuses = new Map<number, NameId>()

  /** `callback` says which call of the program Node.js makes for a request that has begun. */
  constructor(events: EventLog, track: string, callback: Callback) {
    this.#events = events
    this.#track = track
    this.#callback = callback
  }

  /** A name that stands for the target too; undefined for one of too many: there is no end of targets in some programs. */
  ofTarget(method: string, target: string): NameId | undefined {
    return this.#targets.get(method)?.get(target) ?? this.#newTarget(method, target)
  }

  /** The name of all requests to a path of this form. */
  ofKind(method: string, path: string): NameId {
    const text = `${method} ${path}`
    const known = this.#kinds.get(text)
    if (known !== undefined) return known
    if (this.#kinds.size >= MANY && path !== '') return this.ofKind(method, '')
    const name = this.#newName(text.trimEnd(), { method })
    if (name !== 0) this.#kinds.set(text, name)
    return name
  }

  /** What the bytes of an answer are counted with. */
  ofStatus(status: number): NameId {
    const known = this.#statuses.get(status)
    if (known !== undefined) return known
    const name = this.#events.name(`"status":${status},"bytes"`)
    if (name !== 0) this.#statuses.set(status, name)
    return name
  }

  #newTarget(method: string, target: string): NameId | undefined {
    if (this.#targetsGiven >= MANY) return undefined
    const name = this.#newName(`${method} ${foldedPath(target)}`, { method, target })
    // No room for names at the moment.
    if (name === 0) return name
    this.#targetsGiven++
    const targets = this.#targets.get(method) ?? new Map<string, NameId>()
    this.#targets.set(method, targets.set(target, name))
    return name
  }

  #newName(text: string, args: object): NameId {
    const track = this.#events.name(this.#track)
    return this.#events.spanName(text, { track, args: stringify(args), callback: this.#callback })
  }
}

const MANY = 200
