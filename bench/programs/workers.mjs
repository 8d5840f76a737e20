// Workers that call small functions, as many as the argument says. Prints the mean time on a core of one, by `schedstat`.
import { readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const ROUNDS = 1000

if (isMainThread) {
  const count = Number(process.argv[2])
  const times = await Promise.all(Array.from({ length: count }, (_, i) => timeOf(i)))
  console.log(JSON.stringify(times.reduce((sum, ms) => sum + ms, 0) / count))
} else {
  const beforeMs = coreMs()
  let sum = workerData
  for (let i = 0; i < ROUNDS; i++) sum += work(i)
  parentPort?.postMessage(sum === 0 ? 0 : coreMs() - beforeMs)
}

/** @type {(seed: number) => Promise<number>} */
function timeOf(seed) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { name: `worker ${seed}`, workerData: seed })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

/** @type {(round: number) => number} */
function work(round) {
  let sum = 0
  for (let i = 0; i < 2000; i++) sum += digits(round * i)
  return sum
}

/** @type {(value: number) => number} */
function digits(value) {
  let sum = 0
  for (const digit of String(value)) sum += Number(digit)
  return sum
}

function coreMs() {
  return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6
}
