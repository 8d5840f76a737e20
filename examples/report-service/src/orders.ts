import { setTimeout as sleep } from 'node:timers/promises'

export interface Order {
  readonly id: number
  readonly customer: string
  /** From 1 to 12. */
  readonly month: number
  readonly cents: number
}

const QUERY_MS = 12
const COUNT = 1500
const CUSTOMERS = ['Adler', 'Brandt', 'Castro', 'Diaz', 'Evans', 'Fontaine', 'Grieg']
/** The shop was closed in December. */
const MONTHS = 11

/** Orders of a year, always the same ones. */
export function* inventOrders(): Generator<Order, void> {
  for (let id = 1; id <= COUNT; id += 1) {
    const customer = CUSTOMERS[(id * 13) % CUSTOMERS.length] ?? ''
    yield { id, customer, month: 1 + (id % MONTHS), cents: 500 + ((id * 7919) % 20_000) }
  }
}

/** Holds its orders in memory, and takes as long to find them as a database on another machine. */
export class OrderDatabase {
  readonly #orders = [...inventOrders()]

  async find(id: number): Promise<Order | undefined> {
    await this.#query()
    return this.#orders.find((order) => order.id === id)
  }

  async ofCustomer(customer: string): Promise<Order[]> {
    await this.#query()
    return this.#orders.filter((order) => order.customer === customer)
  }

  async #query(): Promise<void> {
    await sleep(QUERY_MS)
  }
}
