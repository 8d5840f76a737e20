import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpHooks } from './hook-http.js'
import { headerOf, pathOf, plain } from './request-parts.js'
import { readTraceParent } from './trace-parent.js'

interface ServerMessage {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What Fastify tells from version 5 on; answers over HTTP/2 have a stream. */
interface FastifyMessage {
  readonly reply: { readonly raw: { readonly stream?: object } }
  readonly route: { readonly url: string }
}

/** Requests that `node:http` and `node:https` servers answer. */
export function hookIncoming({ incoming, incomingStreams, propagation, listen }: HttpHooks): void {
  listen<ServerMessage>('http.server.request.start', ({ request, response }) => {
    const parent = readTraceParent(headerOf(request.rawHeaders, 'traceparent'))
    const own = propagation?.ids.childOf(parent)
    if (own !== undefined) propagation?.current.enterWith(own)
    incoming.begin(response, { method: request.method ?? '', target: pathOf(request.url), own, parent })
  })
  listen<ServerMessage>('http.server.response.finish', ({ request, response }) => {
    // Node.js counts what it sends under this name, on all versions; its types do not say so.
    const { _contentLength: bytes } = response as unknown as { readonly _contentLength?: number | null }
    incoming.end(response, { status: response.statusCode, bytes: bytes ?? undefined, route: routeOf(request) })
  })
  listen<FastifyMessage>('tracing:fastify.request.handler:start', ({ reply: { raw }, route: { url } }) => {
    if (raw.stream === undefined) incoming.route(raw, url)
    else incomingStreams.route(raw.stream, url)
  })
}

/** What Express says of the request that it has led to a handler. */
function routeOf(request: IncomingMessage): string | undefined {
  const route = plain(request, 'route')
  const path = typeof route === 'object' && route !== null ? plain(route, 'path') : undefined
  if (typeof path !== 'string') return undefined
  const base = plain(request, 'baseUrl')
  return (typeof base === 'string' ? base : '') + path
}
