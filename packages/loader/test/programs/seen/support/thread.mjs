import threads, { parentPort, threadId } from 'node:worker_threads'
import * as namespace from 'worker_threads'
const got = []
const inThread = () => [threadId, threads.threadId, namespace.threadId]
process.on('workerMessage', (value, source) => got.push([value, source]))
parentPort.postMessage(inThread())
parentPort.once('message', () => parentPort.postMessage(got))
