import { inventBooks } from './catalogue.ts'
import { Client } from './client.ts'
import { Library } from './library.ts'
import { load, type LoadReport } from './load.ts'
import { createRouter } from './routes.ts'
import { HttpServer } from './server.ts'

const BOOKS = 80
const CONNECTIONS = 4
const DURATION_MS = 1500

const library = new Library()
await fill(library)

const server = await new HttpServer(createRouter(library)).start()
const client = new Client(server.url, CONNECTIONS)
console.log(`${library.size} books at ${server.url}`)
try {
  print(await load(client, DURATION_MS, CONNECTIONS))
} finally {
  client.close()
  await server.stop()
}

async function fill(library: Library): Promise<void> {
  await Promise.all([...inventBooks(BOOKS)].map((book) => library.add(book)))
}

function print({ latencies, statuses }: LoadReport): void {
  const refused = [...statuses].filter(([status]) => status >= 400)
  const errors = refused.reduce((sum, [, count]) => sum + count, 0)
  const kinds = refused.map(([status, count]) => `${count} times ${status}`).join(', ')
  console.log(`${latencies.count} requests, ${errors} of them refused (${kinds})`)
  const [median, most] = [latencies.percentile(0.5), latencies.percentile(0.95)]
  console.log(`half took less than ${format(median)}, 95 % less than ${format(most)}`)
}

function format(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}
