import type { HttpHooks } from './hook-http.js'
import { headerAmong, pathOf } from './request-parts.js'
import { readTraceParent } from './trace-parent.js'

interface Http2Stream {
  readonly sentHeaders?: Readonly<Record<string, unknown>>
}

interface StreamMessage {
  readonly stream: Http2Stream
  readonly headers: Readonly<Record<string, unknown>>
}

/** Requests over HTTP/2, of which Node.js tells from 22.17 and 24.2 on. */
export function hookHttp2({ incomingStreams: incoming, outgoing, propagation, listen }: HttpHooks): void {
  const statuses = new WeakMap<object, number>()
  listen<StreamMessage>('http2.server.stream.start', ({ stream, headers }) => {
    const parent = readTraceParent(headers['traceparent'])
    const own = propagation?.ids.childOf(parent)
    if (own !== undefined) propagation?.current.enterWith(own)
    incoming.begin(stream, { method: textOf(headers[':method']), target: pathOf(headers[':path']), own, parent })
  })
  listen<StreamMessage>('http2.server.stream.close', ({ stream }) => {
    incoming.end(stream, { status: statusOf(stream.sentHeaders) })
  })
  listen<StreamMessage>('http2.client.stream.created', ({ stream, headers }) => {
    const own = readTraceParent(headerAmong(headers, 'traceparent'))
    const target = `${textOf(headers[':authority'])}${pathOf(headers[':path'])}`
    outgoing.begin(stream, { method: textOf(headers[':method']), target, own })
  })
  listen<StreamMessage>('http2.client.stream.finish', ({ stream, headers }) => {
    const status = statusOf(headers)
    if (status !== undefined) statuses.set(stream, status)
  })
  listen<StreamMessage>('http2.client.stream.close', ({ stream }) => {
    outgoing.end(stream, { status: statuses.get(stream) })
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function statusOf(headers: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const status = headers?.[':status']
  return typeof status === 'number' || typeof status === 'string' ? Number(status) : undefined
}
