import type { Ticks } from '@tracer/core'
import type { RecordingSwitch } from '@tracer/spool'
import { tell } from './moment.js'
import { bitsOf, raiseTime } from './shared-time.js'
import { CONTROL, siteRanges, STOPPED, TICK, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { and, load, or, store } = Atomics

/** Whether a thread records. */
export function isStopped({ control }: ThreadMemory): boolean {
  return load(control, CONTROL.stopped) === 1
}

/**
 * Starts or stops recording on a thread, for whoever holds its lock: the thread or the recorder.
 * Gives what has changed; nothing when it was so already.
 */
export function switchRecording(
  memory: ThreadMemory,
  wanted: 'started' | 'stopped',
  now: () => Ticks,
): RecordingSwitch | undefined {
  if (isStopped(memory) === (wanted === 'stopped')) return undefined
  return { to: wanted, atTicks: wanted === 'stopped' ? stop(memory, now) : start(memory, now) }
}

/** Tick-checked calls that are open are no more than counted, timed ones are cut off by the reader. */
function stop(memory: ThreadMemory, now: () => Ticks): Ticks {
  const { modes, control, tick } = memory
  store(control, CONTROL.stopped, 1)
  store(control, CONTROL.firstTick, NEVER)
  for (const [from, to] of siteRanges(control)) for (let site = from; site < to; site++) or(modes, site, STOPPED)
  const time = now()
  // By the tick clock, nothing later has the same time.
  raiseTime(bitsOf(tick), time + 1)
  return time
}

/** The new tick tells tick-checked calls that began before the stop from those that begin now. */
function start(memory: ThreadMemory, now: () => Ticks): Ticks {
  const { modes, control } = memory
  const time = now()
  store(control, CONTROL.stopped, 0)
  for (const [from, to] of siteRanges(control)) for (let site = from; site < to; site++) and(modes, site, ~STOPPED)
  tell(memory, time)
  store(control, CONTROL.firstTick, control[TICK])
  return time
}

const NEVER = 2 ** 31 - 1
