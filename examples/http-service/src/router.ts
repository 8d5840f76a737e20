import { NotFoundError } from './http-error.ts'

export interface Request {
  readonly method: string
  readonly url: URL
  /** The parts of the path that a route names: `id` for `/books/:id`. */
  readonly params: Readonly<Record<string, string>>
  /** Reads and parses the body. */
  readonly json: () => Promise<unknown>
}

export interface Response {
  readonly status: number
  readonly type: string
  /** The whole body, or its parts as they become ready. */
  readonly body: string | AsyncIterable<string>
}

export type Handler = (request: Request) => Response | Promise<Response>

interface Route {
  readonly method: string
  readonly segments: readonly string[]
  readonly handler: Handler
}

/** Finds the handler of a request by method and path, such as `GET /books/:id`. */
export class Router {
  readonly #routes: Route[] = []

  get(path: string, handler: Handler): this {
    return this.#add('GET', path, handler)
  }

  post(path: string, handler: Handler): this {
    return this.#add('POST', path, handler)
  }

  delete(path: string, handler: Handler): this {
    return this.#add('DELETE', path, handler)
  }

  /** The answer of the first route that fits. */
  async handle(request: Omit<Request, 'params'>): Promise<Response> {
    const segments = split(request.url.pathname)
    for (const route of this.#routes) {
      const params = route.method === request.method ? match(route.segments, segments) : undefined
      if (params) return await route.handler({ ...request, params })
    }
    throw new NotFoundError(`route ${request.method} ${request.url.pathname}`)
  }

  #add(method: string, path: string, handler: Handler): this {
    this.#routes.push({ method, segments: split(path), handler })
    return this
  }
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const actual = decodeURIComponent(segments[index] ?? '')
    if (expected.startsWith(':')) params[expected.slice(1)] = actual
    else if (expected !== actual) return undefined
  }
  return params
}
