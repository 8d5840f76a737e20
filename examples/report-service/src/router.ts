export interface Answer {
  readonly status: number
  /** The whole body, or its parts as they become ready. */
  readonly body: string | AsyncIterable<string>
}

/** Answers a request; `parameter` is the part of the path that the route leaves open, decoded. */
export type Handler = (parameter: string) => Answer | Promise<Answer>

/** Finds the handler of a request by its method and the first part of its path, such as `GET /orders/`. */
export class Router {
  readonly #handlers = new Map<string, Handler>()

  on(method: string, path: string, handler: Handler): this {
    this.#handlers.set(`${method} ${path}`, handler)
    return this
  }

  async handle(method: string, path: string): Promise<Answer> {
    const [, first = '', second = ''] = path.split('/')
    const handler = this.#handlers.get(`${method} /${first}`)
    if (handler === undefined) return { status: 404, body: 'There is no such page.\n' }
    return await handler(decodeURIComponent(second))
  }
}
