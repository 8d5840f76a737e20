import { parentPort } from 'node:worker_threads'
function work(n) {
  return n === 0 ? 0 : 1 + work(n - 1)
}
parentPort.postMessage(work(9))
