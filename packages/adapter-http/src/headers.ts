import type { ClientRequest } from 'node:http'
import type { HttpHooks, HttpOptions } from './hook-http.js'
import { beginOutgoing } from './outgoing.js'

/** A method that Node.js calls just before the headers of a request are written; checked on Node 20, 22, 24 and 26. */
interface RequestInternals {
  _implicitHeader(this: ClientRequest): void
}

/** Requests get their `traceparent` where Node.js is about to write their headers: it tells of them afterwards. */
export function hookHeaders(hooks: HttpHooks, { replaceMethod, call }: HttpOptions): void {
  const http = process.getBuiltinModule('node:http')
  // What Node.js itself calls when headers are sent, and its types leave out.
  const prototype = http.ClientRequest.prototype as unknown as RequestInternals
  const { _implicitHeader } = prototype
  const methods: RequestInternals = {
    _implicitHeader() {
      try {
        beginOutgoing(hooks, this)
      } catch {
        // What a program has made of its requests is no reason to disturb it.
      }
      call(_implicitHeader, this, [])
    },
  }
  replaceMethod(prototype, '_implicitHeader', methods._implicitHeader)
}
