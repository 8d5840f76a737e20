import type { Forecast } from './forecast.ts'
import type { Order, OrderDatabase } from './orders.ts'
import { hashPassword } from './passwords.ts'
import { Router, type Answer } from './router.ts'
import { printStatement } from './statements.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What the service answers. */
export function createRoutes(database: OrderDatabase, forecasters: WorkerPool<readonly Order[], Forecast>): Router {
  /** Waits for the database. */
  async function showOrder(id: string): Promise<Answer> {
    const order = await database.find(Number(id))
    return order === undefined ? missing(`order ${id}`) : json(order)
  }

  /** Waits for the database, then for a worker and its answer. */
  async function showForecast(customer: string): Promise<Answer> {
    const orders = await database.ofCustomer(customer)
    return orders.length === 0 ? missing(`customer ${customer}`) : json(await forecasters.run(orders))
  }

  /** Gives on what a child process prints. */
  async function showStatement(month: string): Promise<Answer> {
    const statement = printStatement(month)
    const first = await statement.next()
    return first.done ? missing(`month ${month}`) : { status: 200, body: prepend(first.value, statement) }
  }

  /** Waits for nothing; everybody else waits meanwhile. */
  function logIn(user: string): Answer {
    return json({ user, token: hashPassword('correct horse battery staple', user) })
  }

  return new Router()
    .on('GET', '/orders', showOrder)
    .on('GET', '/forecasts', showForecast)
    .on('GET', '/statements', showStatement)
    .on('POST', '/sessions', logIn)
}

async function* prepend(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

function json(value: unknown): Answer {
  return { status: 200, body: `${JSON.stringify(value)}\n` }
}

function missing(what: string): Answer {
  return { status: 404, body: `There is no ${what}.\n` }
}
