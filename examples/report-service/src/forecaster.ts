// A worker of the pool: a message with orders comes in, one with their forecast goes out.
import { parentPort } from 'node:worker_threads'
import { forecast } from './forecast.ts'
import type { Order } from './orders.ts'

const port = parentPort
if (port === null) throw new Error('This is started as a worker.')
port.on('message', (orders: readonly Order[]) => port.postMessage(forecast(orders)))
