import type { ClientRequest } from 'node:http'
import type { HttpHooks, HttpOptions } from './hook-http.js'
import { plain } from './request-parts.js'
import { beginOutgoing } from './outgoing.js'

/** A method that Node.js calls just before the headers of a request are written; checked on Node 20, 22, 24 and 26. */
interface RequestInternals {
  _implicitHeader(this: ClientRequest): void
}

/**
 * Makes requests begin where Node.js is about to write their headers, in the call that sends them: it tells of them
 * only once there is a connection. The module is loaded by the program, if at all: every start would wait for it.
 */
export function hookHeadersLater(hooks: HttpHooks, options: HttpOptions): void {
  let isHooked = false
  const hook = (): void => {
    if (isHooked || !(options.propagates || isHttpLoaded())) return
    isHooked = true
    options.undisturbed(() => {
      hookHeaders(hooks, options)
    })
  }
  hook()
  // What comes before the first request is sent: one that came in, its connection, or itself on newer versions.
  if (isHooked) return
  for (const channel of ['http.server.request.start', 'net.client.socket', 'http.client.request.created']) {
    hooks.listen(channel, hook)
  }
}

function isHttpLoaded(): boolean {
  const modules = plain(process, 'moduleLoadList')
  return Array.isArray(modules) && modules.includes('NativeModule _http_client')
}

function hookHeaders(hooks: HttpHooks, { replaceMethod, call }: HttpOptions): void {
  const http = process.getBuiltinModule('node:http')
  // What Node.js itself calls when headers are sent, and its types leave out.
  const prototype = http.ClientRequest.prototype as unknown as RequestInternals
  const { _implicitHeader } = prototype
  // A function, as that one is: a method would have no prototype.
  replaceMethod(prototype, '_implicitHeader', function implicitHeader() {
    try {
      beginOutgoing(hooks, this)
    } catch {
      // What a program has made of its requests is no reason to disturb it.
    }
    call(_implicitHeader, this, [])
  })
}
