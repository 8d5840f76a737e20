import type { ClientRequest, IncomingMessage } from 'node:http'
import type { HttpHooks } from './hook-http.js'
import { hostOf, numberIn, pathOf } from './request-parts.js'
import { readTraceParent } from './trace-parent.js'

/** A request of undici, which `fetch` is made of; `headers` are a text or a list. */
interface FetchRequest {
  readonly method: string
  readonly origin: string
  readonly path: string
  readonly headers: string | readonly (string | Buffer | readonly string[])[]
  addHeader?(name: string, value: string): unknown
}

/** Requests that `node:http`, `node:https` and `fetch` send. */
export function hookOutgoing(hooks: HttpHooks): void {
  const { outgoing, listen } = hooks
  listen<{ readonly request: ClientRequest }>('http.client.request.start', ({ request }) => {
    beginOutgoing(hooks, request)
  })
  listen<{ readonly request: ClientRequest; readonly response: IncomingMessage }>(
    'http.client.response.finish',
    ({ request, response }) => {
      outgoing.end(request, { status: response.statusCode, bytes: numberIn(response.headers['content-length']) })
    },
  )
  listen<{ readonly request: ClientRequest; readonly error: unknown }>(
    'http.client.request.error',
    ({ request, error }) => {
      outgoing.end(request, { error: messageOf(error) })
    },
  )
  hookFetch(hooks)
}

/** Begins the span of a request, once; a place in a trace that the program has given it stands. */
export function beginOutgoing({ outgoing, propagation }: HttpHooks, request: ClientRequest): void {
  if (outgoing.has(request)) return
  const given = readTraceParent(request.getHeader('traceparent'))
  let own = given
  if (own === undefined && propagation !== undefined && !request.headersSent && !request.hasHeader('traceparent')) {
    own = propagation.ids.childOf(propagation.current.getStore())
    request.setHeader('traceparent', `00-${own.traceId}-${own.spanId}-${own.flags}`)
  }
  const host = request.getHeader('host') ?? request.host
  const target = `${typeof host === 'string' ? host : ''}${pathOf(request.path)}`
  outgoing.begin(request, { method: request.method, target, own, parent: propagation?.current.getStore() })
}

function hookFetch({ outgoing, propagation, listen }: HttpHooks): void {
  const statuses = new WeakMap<object, number>()
  listen<{ readonly request: FetchRequest }>('undici:request:create', ({ request }) => {
    const given = traceParentIn(request.headers)
    let own = readTraceParent(given)
    if (given === undefined && propagation !== undefined && request.addHeader !== undefined) {
      own = propagation.ids.childOf(propagation.current.getStore())
      request.addHeader('traceparent', `00-${own.traceId}-${own.spanId}-${own.flags}`)
    }
    const target = `${hostOf(`${request.origin}`)}${pathOf(request.path)}`
    outgoing.begin(request, { method: request.method, target, own, parent: propagation?.current.getStore() })
  })
  listen<{ readonly request: FetchRequest; readonly response: { readonly statusCode: number } }>(
    'undici:request:headers',
    ({ request, response }) => {
      statuses.set(request, response.statusCode)
    },
  )
  listen<{ readonly request: FetchRequest }>('undici:request:trailers', ({ request }) => {
    outgoing.end(request, { status: statuses.get(request) })
  })
  listen<{ readonly request: FetchRequest; readonly error: unknown }>('undici:request:error', ({ request, error }) => {
    outgoing.end(request, { status: statuses.get(request), error: messageOf(error) })
  })
}

/** What headers of undici say, in any of the shapes that its versions gave them. */
function traceParentIn(headers: FetchRequest['headers']): string | undefined {
  if (typeof headers === 'string') return /^traceparent:\s*(.*?)\s*$/im.exec(headers)?.[1]
  if (!Array.isArray(headers)) return undefined
  const flat = headers.flat().map(String)
  const at = flat.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'traceparent')
  return at === -1 ? undefined : flat[at + 1]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'failed'
}
