// traces: start
// The program's own load hooks run on a thread too.
const { register } = require('node:module')
const { Worker, threadId } = require('node:worker_threads')
const { once } = require('node:events')
const print = (...values) => console.log(JSON.stringify(values))
process.on('worker', (worker) => print('told of', worker instanceof Worker))
async function start() {
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(require("node:worker_threads").threadId)', { eval: true })
  const ended = once(worker, 'exit')
  print(worker.threadId, await once(worker, 'message'))
  await ended
}
async function main() {
  await start()
  register('data:text/javascript,export const load = (url, context, next) => next(url, context)')
  await start()
  print((await import('./support/exports.mjs')) !== undefined)
  register('data:text/javascript,export const resolve = (specifier, context, next) => next(specifier, context)')
  await start()
}
main()
