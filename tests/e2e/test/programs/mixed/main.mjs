import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import legacy from './legacy.cjs'
import data from './data.cjs'

async function* ticks(count) {
  for (let i = 0; i < count; i++) {
    await sleep(1)
    yield i
  }
}

class Stack {
  #items = []
  get size() {
    return this.#items.length
  }
  push(item) {
    this.#items.push(item)
    return this
  }
  *[Symbol.iterator]() {
    yield* this.#items
  }
}

async function collect() {
  const stack = new Stack()
  for await (const tick of ticks(3)) stack.push(tick * 2)
  return stack
}

const stack = await collect()
console.log([...stack], stack.size, legacy.greet('you'), data)

const failures = await Promise.allSettled(
  [1, 2].map(async (n) => {
    await null
    if (n === 2) throw new TypeError(`no ${n}`)
    return n
  }),
)
console.log(failures.map(({ status, value, reason }) => value ?? `${status} ${reason.message}`))

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
const [answer] = await once(worker, 'message')
await once(worker, 'exit')
console.log('worker', answer)
