// A process of its own: prints the orders of a month as CSV, a piece at a time. Exits with 3 when there are none.
import { setTimeout as sleep } from 'node:timers/promises'
import { inventOrders } from './orders.ts'

const PIECE = 20
const NO_ORDERS = 3

const month = Number(process.argv[2])
const orders = [...inventOrders()].filter((order) => order.month === month)
if (orders.length === 0) process.exit(NO_ORDERS)

for (let start = 0; start < orders.length; start += PIECE) {
  const lines = orders.slice(start, start + PIECE).map(({ id, customer, cents }) => `${id},${customer},${cents}\n`)
  process.stdout.write(lines.join(''))
  await sleep(10)
}
