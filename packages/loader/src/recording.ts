import {
  allocateThreadMemory,
  chooseClock,
  ProcessFacts,
  RecorderLink,
  ThreadRecorder,
  type ThreadMemory,
} from '@tracer/recorder'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { withOwnBuiltins } from './own-builtins.js'
import { hideThread } from './own-threads.js'
import type { RecordOptions } from './record-options.js'

/** What records a thread. */
export interface Recording {
  readonly recorder: ThreadRecorder
  readonly memory: ThreadMemory
}

/** Records this thread. The main one of a process also starts the recorder, when there is something for it to do. */
export function startRecording(folder: string, options: RecordOptions): Recording {
  const { exact: isExact = false, overheadPercent = USUAL_OVERHEAD_PERCENT, clock: clockName = 'auto' } = options
  const budgetPercent = isExact ? undefined : overheadPercent
  const memory = allocateThreadMemory()
  const link = isMainThread ? RecorderLink.create() : RecorderLink.find()
  const clock = chooseClock(clockName, options.nativeAddon, memory)
  const recorder = new ThreadRecorder(folder, clock, memory, link?.facts ?? new ProcessFacts(), {
    maxDepth: options.maxDepth ?? Infinity,
    minDurationNs: options.minDurationNs ?? 0,
    isExact,
    budgetPercent,
    undisturbed: withOwnBuiltins,
  })
  if (link === undefined) return { recorder, memory }
  if (!isMainThread) {
    recorder.leaveTo(link, () => undefined)
    link.register(recorder.registration)
    return { recorder, memory }
  }
  const start = once(() => {
    const worker = link.start(join(__dirname, 'recorder-thread.cjs'), {
      pid: process.pid,
      main: recorder.registration,
      budgetShare: budgetPercent === undefined ? undefined : budgetPercent / 100,
      tickPeriodNs: undefined,
      nativeAddon: clock.id === 'native' ? options.nativeAddon : undefined,
    })
    if (worker !== undefined) hideThread(worker)
  })
  recorder.leaveTo(link, start)
  // The tick does not come from anywhere else.
  if (clock.id === 'tick') start()
  else setTimeout(start, SHORT_RUN_MS).unref()
  return { recorder, memory }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}

const USUAL_OVERHEAD_PERCENT = 10

/** A program that ends sooner, and calls little, does without the recorder. */
const SHORT_RUN_MS = 50
