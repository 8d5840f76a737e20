// A server with a router and JSON. Prints its port; `/usage` says what it has used, `/stop` ends it.
import { createServer } from 'node:http'
import { usage } from '../lib/usage.mjs'

/** @typedef {{ id: number, name: string, cents: number, tags: string[] }} Item */
/** @typedef {{ params: Record<string, string>, query: URLSearchParams, body: unknown }} Context */
/** @typedef {(context: Context) => unknown} Handler */
/** @typedef {{ method: string, segments: string[], handler: Handler }} Route */

/** @type {Route[]} */
const routes = []
/** @type {Map<number, Item>} */
const items = new Map(Array.from({ length: 500 }, (_, id) => [id, itemOf(id)]))

route('GET', '/items', ({ query }) => page([...items.values()], Number(query.get('page') ?? 0)))
route('GET', '/items/:id', ({ params }) => withTotal(find(Number(params['id']))))
route('POST', '/items/:id/tags', ({ params, body }) => addTag(find(Number(params['id'])), body))
route('GET', '/usage', () => usage())
route('GET', '/stop', () => {
  server.close()
  return {}
})

const server = createServer((request, response) => void handle(request, response))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(address?.port)
})

/** @type {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>} */
async function handle(request, response) {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench')
    const { handler, params } = match(request.method ?? 'GET', pathname.split('/').slice(1))
    const body = request.method === 'POST' ? JSON.parse(await textOf(request)) : undefined
    answer(response, 200, await handler({ params, query: searchParams, body }))
  } catch (error) {
    answer(response, 404, { error: String(error) })
  }
}

/** @type {(id: number) => Item} */
function itemOf(id) {
  return { id, name: `Item ${id}`, cents: id * 37, tags: ['new'] }
}

/** @type {(method: string, path: string, handler: Handler) => void} */
function route(method, path, handler) {
  routes.push({ method, segments: path.split('/').slice(1), handler })
}

/** @type {(method: string, segments: string[]) => { handler: Handler, params: Record<string, string> }} */
function match(method, segments) {
  for (const candidate of routes) {
    const params = candidate.method === method ? paramsOf(candidate.segments, segments) : undefined
    if (params !== undefined) return { handler: candidate.handler, params }
  }
  throw new Error(`no route ${method} /${segments.join('/')}`)
}

/** @type {(wanted: string[], given: string[]) => Record<string, string> | undefined} */
function paramsOf(wanted, given) {
  if (wanted.length !== given.length) return undefined
  /** @type {Record<string, string>} */
  const params = {}
  const fits = wanted.every((segment, index) => {
    if (!segment.startsWith(':')) return segment === given[index]
    params[segment.slice(1)] = decodeURIComponent(given[index])
    return true
  })
  return fits ? params : undefined
}

/** @type {(id: number) => Item} */
function find(id) {
  const item = items.get(id)
  if (item === undefined) throw new Error(`no item ${id}`)
  return item
}

/** @type {(all: Item[], number: number) => object} */
function page(all, number) {
  return { items: all.slice(number * 20, number * 20 + 20).map(withTotal), pages: Math.ceil(all.length / 20) }
}

/** @type {(item: Item) => object} */
function withTotal(item) {
  return { ...item, price: priceText(item.cents), tags: item.tags.toSorted(byText) }
}

/** @type {(cents: number) => string} */
function priceText(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

/** @type {(a: string, b: string) => number} */
function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

/** @type {(item: Item, body: unknown) => object} */
function addTag(item, body) {
  const tag = typeof body === 'object' && body !== null && 'tag' in body ? String(body.tag) : 'none'
  item.tags = [tag, ...item.tags].slice(0, 5)
  return withTotal(item)
}

/** @type {(request: import('node:http').IncomingMessage) => Promise<string>} */
async function textOf(request) {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

/** @type {(response: import('node:http').ServerResponse, status: number, value: unknown) => void} */
function answer(response, status, value) {
  const text = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
