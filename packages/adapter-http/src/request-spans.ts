import type { EventLog, NameId } from '@tracer/recorder'
import { traceParentText, type TraceParent } from './trace-parent.js'

// Taken now: a traced program may put another in its place.
const { stringify } = JSON

/** What is known of a request. */
export interface RequestFacts {
  readonly method: string
  /** Where it goes, without a query: of one that comes in a path, of one that goes out host and path. */
  readonly target: string
  /** Its own place in a trace, and that of who sent it. */
  readonly own?: TraceParent | undefined
  readonly parent?: TraceParent | undefined
}

/** How a request ended. */
export interface ResponseFacts {
  readonly status?: number | undefined
  readonly bytes?: number | undefined
  readonly error?: string | undefined
  /** Pattern of the route, such as `/users/:id`, in place of the path. */
  readonly route?: string | undefined
}

/** Writes the requests of one direction as spans. Hot: a server may answer tens of thousands a second. */
export class RequestSpans {
  readonly #events: EventLog
  readonly #direction: 'incoming' | 'outgoing'
  readonly #spans = new WeakMap<object, RequestSpan>()
  /** By method and target: what begins alike is made once. */
  readonly #begun = new Map<string, Map<string, SpanBeginning>>()
  /** Names that were given: there is no end of targets in some programs. */
  #names = 0

  constructor(events: EventLog, direction: 'incoming' | 'outgoing') {
    this.#events = events
    this.#direction = direction
  }

  has(key: object): boolean {
    return this.#spans.has(key)
  }

  /** `key` is the object by which the end will be told; ends of arrows meet by the place in the trace. */
  begin(key: object, { method, target, own, parent }: RequestFacts): void {
    const span: RequestSpan = { id: newId(), method }
    this.#spans.set(key, span)
    const { name, args } = this.#beginning(method, target)
    if (own === undefined && parent === undefined) {
      this.#events.beginSpan(name, span.id, args)
      return
    }
    const ids = stringify({ traceId: (own ?? parent)?.traceId, spanId: own?.spanId, parentId: parent?.spanId })
    this.#events.beginSpan(name, span.id, `${args.slice(0, -1)},${ids.slice(1)}`)
    if (this.#direction === 'incoming' && parent !== undefined) this.#events.flowSpan(keyOf(parent), span.id)
    if (this.#direction === 'outgoing' && own !== undefined) this.#events.flowSpan(keyOf(own), span.id)
  }

  end(key: object, { status, bytes, error, route }: ResponseFacts): void {
    const span = this.#spans.get(key)
    if (span === undefined) return
    // Not left to the collector: a map of few is several times as fast as one of many.
    this.#spans.delete(key)
    const isUsual = status !== undefined && bytes !== undefined && error === undefined
    const args = isUsual ? `{"status":${status},"bytes":${bytes}}` : stringify({ status, bytes, error })
    const name = route === undefined ? undefined : this.#beginning(span.method, route).name
    this.#events.endSpan(span.id, args, name)
  }

  #beginning(method: string, target: string): SpanBeginning {
    return this.#begun.get(method)?.get(target) ?? this.#newBeginning(method, target)
  }

  #newBeginning(method: string, target: string): SpanBeginning {
    const args = stringify({ method, target })
    const isNamed = this.#names < MANY_NAMES
    const text = isNamed ? `${this.#direction} ${method} ${target}` : `${this.#direction} ${method}`
    const beginning = { name: this.#events.name(text), args }
    if (!isNamed) return beginning
    this.#names++
    const targets = this.#begun.get(method) ?? new Map<string, SpanBeginning>()
    this.#begun.set(method, targets.set(target, beginning))
    return beginning
  }
}

interface RequestSpan {
  readonly id: number
  readonly method: string
}

interface SpanBeginning {
  readonly name: NameId
  readonly args: string
}

function keyOf(place: TraceParent): string {
  return `h${traceParentText({ ...place, flags: '00' })}`
}

let given = 0

/** Other spans of the thread have other numbers. */
function newId(): number {
  return FIRST_ID + ++given
}

const FIRST_ID = 2 ** 49
const MANY_NAMES = 200
