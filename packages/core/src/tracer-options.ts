import { portableClock, type Clock } from './clock.js'
import { TracerError } from './errors.js'

/** How a {@link Tracer} records; every field may be left out. */
export interface TracerOptions {
  /** Records to keep, 20 bytes each; default 1,000,000. A span, an instant, a value of a counter is one record. */
  readonly capacity?: number
  /** What goes when it is full: the oldest records (`overwrite`, the default) or the new ones (`refuse`). */
  readonly overflow?: 'overwrite' | 'refuse'
  /** Where times come from; default {@link portableClock}. */
  readonly clock?: Clock
  /** Name of the process in the trace. */
  readonly name?: string
}

/** Options with every default filled in. */
export type TracerSettings = Required<TracerOptions>

const DEFAULT_CAPACITY = 1_000_000
/** 5 GB. The cursor of a ring could count further, but no machine that runs this should. */
const MAX_CAPACITY = 2 ** 28

const KNOWN: ReadonlySet<string> = new Set<keyof TracerOptions>(['capacity', 'overflow', 'clock', 'name'])

/** Fills in defaults. @throws TracerError with code `INVALID_OPTION` that names the option. */
export function tracerSettings(options: TracerOptions): TracerSettings {
  for (const key of Object.keys(options)) {
    if (!KNOWN.has(key)) throw invalid(key, `is not an option; known are ${[...KNOWN].join(', ')}`)
  }
  const { capacity = DEFAULT_CAPACITY, overflow = 'overwrite', clock = portableClock(), name = '' } = options
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
    throw invalid('capacity', `must be a whole number from 1 to ${MAX_CAPACITY}, not ${String(capacity)}`)
  }
  // JavaScript callers can pass what the type does not allow.
  if (!['overwrite', 'refuse'].includes(overflow)) {
    throw invalid('overflow', `must be 'overwrite' or 'refuse', not ${String(overflow)}`)
  }
  if (!isClock(clock)) {
    throw invalid('clock', 'must have the fields of a Clock; portableClock() makes one')
  }
  if (typeof name !== 'string') throw invalid('name', `must be a string, not of type ${typeof name}`)
  return { capacity, overflow, clock, name }
}

function isClock(clock: Partial<Clock> | null): boolean {
  return (
    typeof clock?.now === 'function' &&
    typeof clock.id === 'string' &&
    Number.isFinite(clock.nsPerTick) &&
    Number.isFinite(clock.originNs) &&
    Number.isFinite(clock.originEpochMs)
  )
}

function invalid(option: string, problem: string): TracerError {
  return new TracerError('INVALID_OPTION', `new Tracer: option ${option} ${problem}.`)
}
