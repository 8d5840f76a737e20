import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Router } from './router.ts'

/** Serves a router over HTTP, on a port of the system's choice that only this machine reaches. */
export class ReportServer {
  readonly #router: Router
  readonly #server: Server

  constructor(router: Router) {
    this.#router = router
    this.#server = createServer((request, reply) => {
      // An answer that breaks half way cannot be taken back: the client sees it cut off.
      this.#answer(request, reply).catch(() => reply.destroy())
    })
  }

  /** Where it listens. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  /** Takes no more requests and waits for those that run. */
  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeIdleConnections()
    await once(this.#server, 'close')
  }

  async #answer({ method = 'GET', url = '/' }: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { status, body } = await this.#router.handle(method, url)
    reply.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
    if (typeof body !== 'string') for await (const part of body) reply.write(part)
    reply.end(typeof body === 'string' ? body : undefined)
  }
}
