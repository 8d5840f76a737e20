// traces: start, inThread
import threads from "node:worker_threads"
import { join } from "node:path"
import { once } from "node:events"
const print = (...values) => console.log(JSON.stringify(values))
const { Worker, threadId, postMessageToThread } = threads
let told = 0
process.on('worker', (worker) => { told++; print('told of', worker instanceof Worker, worker.threadId) })
async function start(file) {
  const worker = new Worker(join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, 'support', file))
  const id = worker.threadId
  const [said] = await once(worker, 'message')
  print('started', id, worker.threadId, said)
  return worker
}
process.on('workerMessage', (value, source) => print('from thread', value, source))
const outcome = (promise) => promise.then(() => 'sent', ({ code }) => code)
async function main() {
  const { get, set, enumerable } = Object.getOwnPropertyDescriptor(Worker.prototype, 'threadId')
  print(get.name, get.length, String(get), set, enumerable, Object.hasOwn(get, 'prototype'), Object.getOwnPropertyDescriptor(threads, 'threadId'))
  print(String(process.emit), postMessageToThread?.name, Object.prototype.toString.call(postMessageToThread))
  const workers = [await start('thread.cjs'), await start('thread.mjs')]
  workers.push(await start('thread.cjs'))
  print('main', threadId, told)
  if (postMessageToThread) {
    for (const id of [0, 1, 2, 3, 9]) print('to', id, await outcome(postMessageToThread(id, 'hello', 2000)))
  }
  for (const worker of workers) { const ended = once(worker, 'exit'); worker.postMessage('end'); print(...(await once(worker, 'message'))); await ended; print(worker.threadId) }
}
await main()
