import { Agent, request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'

/** Talks to the service over connections that stay open. */
export class Client {
  readonly #url: string
  readonly #agent: Agent

  constructor(url: string, connections: number) {
    this.#url = url
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** Sends one request and reads the whole answer. */
  async send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const outgoing = request(this.#url + path, { method, agent: this.#agent })
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    let text = ''
    for await (const part of incoming.setEncoding('utf8')) text += part as string
    return { status: incoming.statusCode ?? 0, text }
  }

  close(): void {
    this.#agent.destroy()
  }
}
