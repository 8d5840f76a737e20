import type { Callback, EventLog } from '@tracer/recorder'
import { RequestNames } from './request-names.js'
import { foldedPath } from './request-parts.js'
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
  readonly #names: RequestNames

  constructor(events: EventLog, direction: 'incoming' | 'outgoing', callback: Callback = 'none') {
    this.#events = events
    this.#direction = direction
    this.#names = new RequestNames(events, `${direction} requests`, callback)
  }

  has(key: object): boolean {
    return this.#spans.has(key)
  }

  /** `key` is the object by which the end will be told; ends of arrows meet by the place in the trace. */
  begin(key: object, { method, target, own, parent }: RequestFacts): void {
    const id = newId()
    this.#spans.set(key, { id, method, route: undefined })
    const known = this.#names.ofTarget(method, target)
    const hasPlace = own !== undefined || parent !== undefined
    if (known !== undefined && !hasPlace) {
      this.#events.beginSpan(known, id)
      return
    }
    const facts = {
      target: known === undefined ? target : undefined,
      traceId: (own ?? parent)?.traceId,
      spanId: own?.spanId,
      parentId: parent?.spanId,
    }
    this.#events.beginSpan(known ?? this.#names.ofKind(method, foldedPath(target)), id, stringify(facts))
    if (this.#direction === 'incoming' && parent !== undefined) this.#events.flowSpan(keyOf(parent), id)
    if (this.#direction === 'outgoing' && own !== undefined) this.#events.flowSpan(keyOf(own), id)
  }

  /** Says which route answers. */
  route(key: object, route: string): void {
    const span = this.#spans.get(key)
    if (span !== undefined) span.route = route
  }

  end(key: object, { status, bytes, error, route }: ResponseFacts): void {
    const span = this.#spans.get(key)
    if (span === undefined) return
    // Not left to the collector: a map of few is several times as fast as one of many.
    this.#spans.delete(key)
    const pattern = route ?? span.route
    const isUsual = status !== undefined && bytes !== undefined && error === undefined
    if (isUsual && pattern === undefined) {
      this.#events.endCounted(span.id, this.#names.ofStatus(status), bytes)
      return
    }
    const args = isUsual ? `{"status":${status},"bytes":${bytes}}` : stringify({ status, bytes, error })
    this.#events.endSpan(span.id, args, pattern === undefined ? undefined : this.#names.ofKind(span.method, pattern))
  }
}

interface RequestSpan {
  readonly id: number
  readonly method: string
  route: string | undefined
}

function keyOf(place: TraceParent): string {
  return `h${traceParentText({ ...place, flags: '00' })}`
}

let given = 0

/** Below 0: other spans of the thread have other numbers. */
function newId(): number {
  given = given === LAST_ID ? -1 : given - 1
  return given
}

const LAST_ID = -(2 ** 31)
