import type { Client } from './client.ts'
import { Latencies } from './latencies.ts'

/** What a load did to the service. */
export interface LoadReport {
  readonly latencies: Latencies
  /** Answers by status, such as `200`. */
  readonly statuses: ReadonlyMap<number, number>
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** Sends requests for `durationMs`, never more than `concurrency` at a time. */
export async function load(client: Client, durationMs: number, concurrency: number): Promise<LoadReport> {
  const latencies = new Latencies()
  const statuses = new Map<number, number>()
  const calls = inventCalls()
  const end = performance.now() + durationMs

  const visit = async (): Promise<void> => {
    while (performance.now() < end) {
      const { method, path, body } = calls.next().value
      const { status } = await latencies.measure(() => client.send(method, path, body))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, visit))
  return { latencies, statuses }
}

/** What visitors do, without end: mostly reading, some writing, and a mistake now and then. */
function* inventCalls(): Generator<Call, never> {
  for (let round = 1; ; round += 1) {
    yield { method: 'GET', path: `/?page=${1 + (round % 4)}` }
    yield { method: 'GET', path: `/books/${bookId(round)}` }
    yield { method: 'GET', path: `/books/${bookId(round * 7)}` }
    yield { method: 'GET', path: `/search?q=${encodeURIComponent(round % 2 ? 'burning orchard' : 'tanaka')}` }
    yield { method: 'POST', path: '/books', body: { title: `Notes ${round}`, author: 'Visitor', year: 2026 } }
    if (round % 5 === 0) yield { method: 'GET', path: '/export' }
    if (round % 5 === 1) yield { method: 'DELETE', path: `/books/${bookId(round)}` }
    if (round % 5 === 2) yield { method: 'POST', path: '/books', body: { title: '', author: 'Visitor' } }
    if (round % 5 === 3) yield { method: 'GET', path: '/no/such/page' }
  }
}

function bookId(number: number): string {
  return `b${String(1 + (number % 80)).padStart(4, '0')}`
}
