import { Eta } from 'eta'
import type { Book } from './book.ts'

const PAGE = `<!doctype html>
<title>Books, page <%= it.number %> of <%= it.count %></title>
<h1>Books</h1>
<ul>
<% for (const book of it.books) { %>
  <li><a href="/books/<%= book.id %>"><%= book.title %></a> by <%= book.author %>, <%= book.year %></li>
<% } %>
</ul>
<% if (it.number < it.count) { %><a href="/?page=<%= it.number + 1 %>">next</a><% } %>
`

const eta = new Eta({ autoTrim: ['nl', 'nl'] })
const template = eta.compile(PAGE)

/** One page of a longer list. */
export interface Page {
  /** From 1. */
  readonly number: number
  /** How many pages there are. */
  readonly count: number
  readonly books: readonly Book[]
}

/** Cuts a list into pages, one at a time: who wants the second page never makes the third. */
export function* paginate(books: readonly Book[], size: number): Generator<Page> {
  const count = Math.max(1, Math.ceil(books.length / size))
  for (let number = 1; number <= count; number += 1) {
    yield { number, count, books: books.slice((number - 1) * size, number * size) }
  }
}

export function renderPage(page: Page): string {
  return eta.render(template, page)
}
