import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { HttpError, ValidationError } from './http-error.ts'
import type { Response, Router } from './router.ts'

/** Serves a router over HTTP, on a port of the system's choice that only this machine reaches. */
export class HttpServer {
  readonly #router: Router
  readonly #server: Server

  constructor(router: Router) {
    this.#router = router
    this.#server = createServer((message, reply) => {
      // An answer that breaks half way cannot be taken back: the client sees it cut off.
      this.#answer(message, reply).catch(() => reply.destroy())
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

  async #answer(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const response = await this.#respond(message)
    reply.writeHead(response.status, { 'content-type': response.type })
    if (typeof response.body === 'string') {
      reply.end(response.body)
    } else {
      for await (const part of response.body) reply.write(part)
      reply.end()
    }
  }

  async #respond(message: IncomingMessage): Promise<Response> {
    try {
      const url = new URL(message.url ?? '/', 'http://localhost')
      return await this.#router.handle({ method: message.method ?? 'GET', url, json: () => readJson(message) })
    } catch (error) {
      return explain(error)
    }
  }
}

async function readJson(message: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const part of message.setEncoding('utf8')) text += part as string
  try {
    return JSON.parse(text)
  } catch {
    throw new ValidationError('body', 'has to be JSON')
  }
}

function explain(error: unknown): Response {
  const known = error instanceof HttpError ? error : new HttpError(500, 'Something went wrong here')
  return { status: known.status, type: 'application/json', body: JSON.stringify(known.body) }
}
