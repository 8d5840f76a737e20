const { parentPort, threadId, Worker, postMessageToThread } = require('node:worker_threads')
function inThread() { return threadId }
const got = []
process.on('worker', (worker) => got.push(['told', worker.threadId]))
process.on('workerMessage', (value, source) => got.push([value, source]))
const outcome = (promise) => promise?.then(() => 'sent', ({ code }) => code)
const inner = new Worker('require("node:worker_threads").parentPort.postMessage(require("node:worker_threads").threadId)', { eval: true })
const id = inner.threadId
inner.once('message', async (said) => { inner.once('exit', async () => parentPort.postMessage([inThread(), id, said, await outcome(postMessageToThread?.(0, 'up')), await outcome(postMessageToThread?.(threadId, 'self'))])) })
parentPort.once('message', () => parentPort.postMessage(got))
