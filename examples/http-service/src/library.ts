import type { Book, NewBook } from './book.ts'
import { MemoryRepository } from './repository.ts'
import { similarity } from './similarity.ts'

/** A book that was searched for, and how well it fits: 0 not at all, 1 exactly. */
export interface Hit {
  readonly book: Book
  readonly score: number
}

/** Below this, a title has no more in common with the query than chance would give it. */
const MIN_SCORE = 0.2

/** The books, and ways to find them. */
export class Library extends MemoryRepository<Book> {
  protected override readonly latencyMs = 1

  /** Books whose title or author is like `query`, the best first. */
  async search(query: string, limit = 10): Promise<Hit[]> {
    const hits: Hit[] = []
    for await (const book of this.all()) {
      const score = Math.max(similarity(query, book.title), similarity(query, book.author))
      if (score >= MIN_SCORE) hits.push({ book, score })
    }
    return hits.sort((a, b) => b.score - a.score).slice(0, limit)
  }

  protected override nextId(number: number): string {
    return `b${String(number).padStart(4, '0')}`
  }

  protected override create(id: string, fields: NewBook): Book {
    return { id, ...fields }
  }
}
