import { programName, type OwnSpawn } from '@tracer/adapter-process'
import {
  allocateThreadMemory,
  chooseClock,
  type EndingSignals,
  ProcessFacts,
  RecorderLink,
  ThreadRecorder,
  type ThreadMemory,
} from '@tracer/recorder'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { SentText } from './instrumented-texts.js'
import { withOwnBuiltins } from './own-builtins.js'
import { hideThread } from './own-threads.js'
import { EXECUTION } from './resource-hook.js'
import type { RecordOptions } from './record-options.js'

/** What records a thread. */
export interface Recording {
  readonly recorder: ThreadRecorder
  readonly memory: ThreadMemory
  /** What is known of signals; on the main thread only. */
  readonly endings: EndingSignals | undefined
  /** Starts the recorder of the process, which takes some milliseconds, unless it was started. */
  readonly start: () => void
}

/** Who a thread is to those that started it. */
export interface Identity {
  /** What the program calls the thread. */
  readonly threadName: string | undefined
  /** What the process was told of its start; on its main thread only. */
  readonly spawn: OwnSpawn | undefined
}

/** Records this thread. The main one of a process also starts the recorder, when there is something to record. */
export function startRecording(folder: string, options: RecordOptions, { threadName, spawn }: Identity): Recording {
  const { exact: isExact = false, overheadPercent = USUAL_OVERHEAD_PERCENT, clock: clockName = 'auto' } = options
  const budgetPercent = isExact ? undefined : overheadPercent
  const memory = allocateThreadMemory()
  const link = isMainThread ? RecorderLink.create(options.paused) : RecorderLink.find()
  const clock = chooseClock(clockName, options.nativeAddon, memory)
  const recorder = new ThreadRecorder(folder, clock, memory, link?.facts ?? new ProcessFacts(), {
    maxDepth: options.maxDepth ?? Infinity,
    minDurationNs: options.minDurationNs ?? 0,
    isExact,
    budgetPercent,
    execution: options.async === true ? EXECUTION : undefined,
    collections: options.gc === true ? { nativeAddon: options.nativeAddon } : undefined,
    undisturbed: withOwnBuiltins,
    processName: programName(process.execArgv, process.argv),
    ...(threadName === undefined ? {} : { threadName }),
    spawn,
  })
  if (link === undefined) return { recorder, memory, endings: undefined, start: () => undefined }
  recorder.leaveTo(link)
  if (!isMainThread) {
    link.register(recorder.registration)
    return { recorder, memory, endings: undefined, start: () => undefined }
  }
  let isStarted = false
  const start = (): void => {
    if (isStarted) return
    isStarted = true
    const worker = link.start(join(__dirname, 'recorder-thread.cjs'), {
      pid: process.pid,
      main: recorder.registration,
      budgetShare: budgetPercent === undefined ? undefined : budgetPercent / 100,
      tickPeriodNs: undefined,
      nativeAddon: clock.id === 'native' ? options.nativeAddon : undefined,
    })
    if (worker !== undefined) hideThread(worker)
  }
  // The tick comes from nowhere else.
  if (clock.id === 'tick') start()
  return { recorder, memory, endings: link.endings, start }
}

/**
 * Whether a text can do more than run once and be over: call functions of its own, start threads,
 * which look for the recorder, or run for long. Others have one call, of their own body, as a rule over
 * before the recorder is up.
 */
export function needsRecorder({ code, firstSiteId, endSiteId }: SentText): boolean {
  return endSiteId - firstSiteId > 1 || MAY_RUN_LONG.test(code)
}

/** Names that are imported as `$t…` are those of the probes. */
const MAY_RUN_LONG = /worker|require|import(?!\{\w+ as \$t)|\b(?:for|while|do)\b|Sync|wait/

const USUAL_OVERHEAD_PERCENT = 10
