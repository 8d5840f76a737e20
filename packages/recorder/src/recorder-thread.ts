/** The recorder's thread. */
import { monotonicClock } from '@tracer/core/node'
import { workerData } from 'node:worker_threads'
import { RecorderLoop, type RecorderThreadData } from './recorder-loop.js'

const data = workerData as RecorderThreadData
new RecorderLoop(data, monotonicClock()).run()
