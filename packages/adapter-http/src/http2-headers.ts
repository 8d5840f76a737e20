import type { ClientHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { HttpOptions, Propagation } from './hook-http.js'
import { headerAmong, headerOf } from './request-parts.js'
import { traceParentText } from './trace-parent.js'

// Taken now: a traced program may put another in its place.
const isList: (value: Headers) => value is readonly string[] = Array.isArray

type Headers = Parameters<ClientHttp2Session['request']>[0] | readonly string[]

/** Gives requests over HTTP/2 a `traceparent`. */
export function hookHttp2Headers({ ids, current }: Propagation, { replaceMethod, call }: HttpOptions): void {
  const prototype = sessionPrototype()
  if (prototype === undefined) return
  const { request } = prototype
  const methods: Pick<ClientHttp2Session, 'request'> = {
    request(headers, ...rest) {
      let sent: Headers = headers
      try {
        sent = withTraceParent(headers, () => traceParentText(ids.childOf(current.getStore())))
      } catch {
        // What a program takes for headers is no reason to disturb it.
      }
      return call(request, this, [sent, ...rest]) as ReturnType<typeof request>
    },
  }
  replaceMethod(prototype, 'request', methods.request)
}

/** What sessions have in common: Node.js shows it to nobody who has no session. This one waits for a connection, for ever. */
function sessionPrototype(): ClientHttp2Session | undefined {
  const { connect } = process.getBuiltinModule('node:http2')
  const { Socket: NodeSocket } = process.getBuiltinModule('node:net')
  const socket: Socket = new NodeSocket()
  Object.assign(socket, { connecting: true, _handle: { isStreamBase: true } })
  const session = connect('http://localhost', { createConnection: () => socket })
  const prototype: unknown = Object.getPrototypeOf(session)
  return isSessionPrototype(prototype) ? prototype : undefined
}

function isSessionPrototype(value: unknown): value is ClientHttp2Session {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'request')
}

/** A copy, as Node.js itself makes one; what has a `traceparent`, or is none that Node.js takes, as it is. */
function withTraceParent(headers: Headers, traceParent: () => string): Headers {
  if (headers === undefined) return { traceparent: traceParent() }
  if (typeof headers !== 'object' || (headers as object | null) === null) return headers
  if (isList(headers)) {
    return headerOf(headers, 'traceparent') === undefined ? [...headers, 'traceparent', traceParent()] : headers
  }
  if (headerAmong(headers, 'traceparent') !== undefined) return headers
  return { ...headers, traceparent: traceParent() }
}
