import type { AsyncLocalStorage } from 'node:async_hooks'
import type { EventLog } from '@tracer/recorder'
import { hookHeadersLater } from './headers.js'
import { hookHttp2Headers } from './http2-headers.js'
import { hookHttp2 } from './http2.js'
import { hookIncoming } from './incoming.js'
import { hookOutgoing } from './outgoing.js'
import { RequestSpans } from './request-spans.js'
import { TraceIds, type TraceParent } from './trace-parent.js'

/** What requests are recorded with. */
export interface HttpOptions {
  readonly events: EventLog
  /** Does work while what the program has put in place of built-ins is put away. */
  undisturbed<Result>(work: () => Result): Result
  /** Puts a function in the place of another, so that the program cannot tell. */
  replaceMethod<Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
    replacement: Owner[Name],
  ): void
  readonly call: typeof Reflect.apply
  /** Whether outgoing requests carry `traceparent`. */
  readonly propagates: boolean
}

/** What the parts of the hooks share. */
export interface HttpHooks {
  readonly incoming: RequestSpans
  /** Those of HTTP/2, by their streams. */
  readonly incomingStreams: RequestSpans
  readonly outgoing: RequestSpans
  /** Undefined where nothing is propagated. */
  readonly propagation: Propagation | undefined
  /** Hears what Node.js tells on a channel of `node:diagnostics_channel`. */
  listen<Message>(channel: string, hear: (message: Message) => void): void
}

/** Where the thread is in a trace of several services. */
export interface Propagation {
  readonly ids: TraceIds
  /** The request that comes in, of which what runs is a part. */
  readonly current: AsyncLocalStorage<TraceParent>
}

/** Records requests as Node.js tells of them: of the program one method is replaced, which sends headers. */
export function hookHttp(options: HttpOptions): void {
  const { events, propagates } = options
  // Not before they are needed: the start of a program waits for what is loaded here.
  const { subscribe } = process.getBuiltinModule('node:diagnostics_channel')
  const hooks: HttpHooks = {
    incoming: new RequestSpans(events, 'incoming', 'next'),
    // Of several that come at once, Node.js tells before it calls the program for the first.
    incomingStreams: new RequestSpans(events, 'incoming', 'in-turn'),
    outgoing: new RequestSpans(events, 'outgoing'),
    propagation: propagates ? newPropagation() : undefined,
    listen: (channel, hear) => {
      subscribe(channel, (message) => {
        try {
          // The channel says what it tells.
          hear(message as Parameters<typeof hear>[0])
        } catch {
          // What a program has made of its requests is no reason to disturb it.
        }
      })
    },
  }
  hookIncoming(hooks)
  hookOutgoing(hooks)
  hookHttp2(hooks)
  hookHeadersLater(hooks, options)
  const { propagation } = hooks
  if (propagation === undefined) return
  options.undisturbed(() => {
    hookHttp2Headers(propagation, options)
  })
}

function newPropagation(): Propagation {
  const { AsyncLocalStorage: Storage } = process.getBuiltinModule('node:async_hooks')
  return { ids: new TraceIds(), current: new Storage() }
}
