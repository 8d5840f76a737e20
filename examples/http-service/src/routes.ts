import { parseBook } from './book.ts'
import { NotFoundError, ValidationError } from './http-error.ts'
import type { Library } from './library.ts'
import { paginate, renderPage } from './page.ts'
import { Router, type Response } from './router.ts'

const PAGE_SIZE = 20

/** What the service answers. */
export function createRouter(library: Library): Router {
  return new Router()
    .get('/', async ({ url }) => {
      const wanted = Number(url.searchParams.get('page') ?? 1)
      for (const page of paginate(await collect(library.all()), PAGE_SIZE)) {
        if (page.number === wanted) return html(renderPage(page))
      }
      throw new NotFoundError(`page ${wanted}`)
    })
    .get('/books/:id', async ({ params }) => {
      const book = await library.find(params['id'] ?? '')
      if (!book) throw new NotFoundError(`book ${params['id']}`)
      return json(200, book)
    })
    .get('/search', async ({ url }) => {
      const query = url.searchParams.get('q')
      if (!query) throw new ValidationError('q', 'has to be a text')
      return json(200, await library.search(query))
    })
    .get('/export', () => ({ status: 200, type: 'application/x-ndjson', body: exportLines(library) }))
    .post('/books', async (request) => json(201, await library.add(parseBook(await request.json()))))
    .delete('/books/:id', async ({ params }) => {
      const removed = await library.remove(params['id'] ?? '')
      if (!removed) throw new NotFoundError(`book ${params['id']}`)
      return json(200, { removed })
    })
}

/** Every book on a line of its own, sent while the rest is still being read. */
async function* exportLines(library: Library): AsyncGenerator<string> {
  for await (const book of library.all()) yield `${JSON.stringify(book)}\n`
}

async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of source) items.push(item)
  return items
}

function json(status: number, value: unknown): Response {
  return { status, type: 'application/json', body: JSON.stringify(value) }
}

function html(body: string): Response {
  return { status: 200, type: 'text/html; charset=utf-8', body }
}
