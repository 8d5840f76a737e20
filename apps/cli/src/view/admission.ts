import type { IncomingMessage } from 'node:http'
import type { Keys } from './keys.js'

/** What a request that may come in asks for. */
export interface Wanted {
  /** Decoded, beginning with `/`. */
  readonly path: string
  readonly query: URLSearchParams
  /** When the address held a key: the cookie that takes its place. */
  readonly cookie: string | undefined
}

/** Why a request may not come in. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 421
  readonly reason: string
}

const METHODS = ['GET', 'HEAD']

/** Only the page itself, or a person at the address bar; none also of browsers that do not say. */
const OWN_REQUESTS = ['same-origin', 'none', undefined]

/**
 * Lets a request in, or says why not. The Host header has to name this server, so that a name of somebody
 * else's that leads to 127.0.0.1 (DNS rebinding) does not make his page one of ours.
 */
export function admit(request: IncomingMessage, port: number, keys: Keys): Wanted | Refusal {
  if (!METHODS.includes(request.method ?? '')) return { status: 405, reason: 'Only GET and HEAD are answered.' }
  if (!isOwnHost(request, port)) return { status: 421, reason: 'This server has another name.' }
  const wanted = targetOf(request.url ?? '')
  if (wanted === undefined) return { status: 400, reason: 'The address is not a valid one.' }
  const key = wanted.path === '/' ? wanted.query.get('token') : null
  const cookie = key === null ? undefined : keys.cookieFor(key)
  if (cookie === undefined && !isFromOwnPage(request, keys)) {
    return { status: 403, reason: 'Open the address that tracer view has printed: it holds a key.' }
  }
  return { ...wanted, cookie }
}

function isOwnHost({ rawHeaders }: IncomingMessage, port: number): boolean {
  // From the raw headers: of several, Node.js keeps the first.
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'host')
  return hosts.length === 1 && [`127.0.0.1:${port}`, `localhost:${port}`].includes(hosts[0].toLowerCase())
}

function isFromOwnPage({ headers }: IncomingMessage, keys: Keys): boolean {
  const site = headers['sec-fetch-site']
  return OWN_REQUESTS.some((own) => own === site) && keys.admits(headers.cookie)
}

/** Path and query of a request's target; undefined for whole addresses and for what cannot be decoded. */
function targetOf(url: string): Omit<Wanted, 'cookie'> | undefined {
  if (!url.startsWith('/')) return undefined
  const [path, ...query] = url.split('?')
  try {
    return { path: decodeURIComponent(path), query: new URLSearchParams(query.join('?')) }
  } catch {
    return undefined
  }
}
