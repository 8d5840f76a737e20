/** What the recorder's thread runs. */
import { monotonicClock } from '@tracer/core/node'
import { workerData } from 'node:worker_threads'
import { nativeClock } from './clock-choice.js'
import { RecorderLoop, type RecorderThreadData } from './recorder-loop.js'

// Given by RecorderLink.start.
const data = workerData as RecorderThreadData
new RecorderLoop(data, nativeClock(data.nativeAddon) ?? monotonicClock()).run()
