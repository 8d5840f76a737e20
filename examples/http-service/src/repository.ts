import { setTimeout as sleep } from 'node:timers/promises'

/** Stored things, looked after by a store that takes its time, as a database would. */
interface Repository<Item extends { readonly id: string }> {
  readonly size: number
  find(id: string): Promise<Item | undefined>
  add(fields: Omit<Item, 'id'>): Promise<Item>
  remove(id: string): Promise<boolean>
  /** Everything in the order it was added, read a batch at a time. */
  all(): AsyncGenerator<Item>
}

/** How many items one trip to the store brings. */
const BATCH_SIZE = 20

/** Holds its items in memory. Subclasses say what they cost to reach and what an id looks like. */
export abstract class MemoryRepository<Item extends { readonly id: string }> implements Repository<Item> {
  readonly #items = new Map<string, Item>()
  #lastNumber = 0

  /** Milliseconds one trip to the store takes. */
  protected abstract readonly latencyMs: number

  get size(): number {
    return this.#items.size
  }

  async find(id: string): Promise<Item | undefined> {
    await this.#trip()
    return this.#items.get(id)
  }

  async add(fields: Omit<Item, 'id'>): Promise<Item> {
    const item = this.create(this.nextId(++this.#lastNumber), fields)
    await this.#trip()
    this.#items.set(item.id, item)
    return item
  }

  async remove(id: string): Promise<boolean> {
    await this.#trip()
    return this.#items.delete(id)
  }

  async *all(): AsyncGenerator<Item> {
    const items = [...this.#items.values()]
    for (let start = 0; start < items.length; start += BATCH_SIZE) {
      await this.#trip()
      yield* items.slice(start, start + BATCH_SIZE)
    }
  }

  protected abstract nextId(number: number): string
  protected abstract create(id: string, fields: Omit<Item, 'id'>): Item

  async #trip(): Promise<void> {
    await sleep(this.latencyMs)
  }
}
