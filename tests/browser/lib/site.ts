import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

/** A folder, or the files themselves by their path: `{ '/': '<h1>Hello', '/a.json': '[]' }`. */
export type SiteContent = string | Readonly<Record<string, string | Uint8Array>>

/** A web server of a test, on 127.0.0.1. */
export interface Site {
  /** `http://127.0.0.1:41233`, without a slash at the end. */
  readonly origin: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** Serves pages that a test makes; for pages that `tracer view` serves, start `tracer view`. */
export async function serveSite(content: SiteContent): Promise<Site> {
  const server = createServer((request, response) => {
    answer(content, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(content: SiteContent, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
  const type = TYPES[extname(path)] ?? (path.endsWith('/') ? TYPES['.html'] : undefined) ?? 'application/octet-stream'
  if (typeof content !== 'string') {
    const body = content[path]
    // Browsers ask for a picture of their own accord.
    const status = body !== undefined ? 200 : path === '/favicon.ico' ? 204 : 404
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body ?? '') }).end(body)
    return
  }
  const file = join(content, path.endsWith('/') ? `${path}index.html` : path)
  const { size } = await stat(file).catch(() => ({ size: -1 }))
  if (size < 0) {
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
    return
  }
  response.writeHead(200, { 'content-type': type, 'content-length': size })
  createReadStream(file).pipe(response)
}
