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

/** Records this thread. The main one of a process also starts the recorder. */
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
  recorder.leaveTo(link)
  if (!isMainThread) {
    link.register(recorder.registration)
  } else {
    // At once: a program that never comes to its event loop gives no other occasion.
    const worker = link.start(join(__dirname, 'recorder-thread.cjs'), {
      pid: process.pid,
      main: recorder.registration,
      budgetShare: budgetPercent === undefined ? undefined : budgetPercent / 100,
      tickPeriodNs: undefined,
      nativeAddon: clock.id === 'native' ? options.nativeAddon : undefined,
    })
    if (worker !== undefined) hideThread(worker)
  }
  return { recorder, memory }
}

const USUAL_OVERHEAD_PERCENT = 10
