import type { SliceTable } from '@tracer/core'

/** What Node.js called back for, as a recording with `--async` says of the slices that began so. */
export interface Wake {
  /** Type of the resource, such as `Timeout`. */
  readonly kind: string
  /** Milliseconds that a timer was to wait; undefined when there is no such time. */
  readonly delayMs: number | undefined
}

const WAKE = /"after":"([^"]+)"(?:,"ms":(\d+))?/
const known = new Map<string, Wake>()

/** What a slice was called back for; undefined when it was not, or nobody knows. */
export function wakeOf({ args }: SliceTable, slice: number): Wake | undefined {
  const text = args.size === 0 ? undefined : args.get(slice)
  if (text === undefined || !text.includes('"after"')) return undefined
  const seen = known.get(text)
  if (seen !== undefined) return seen
  const match = WAKE.exec(text)
  if (match === null) return undefined
  const wake = { kind: match[1], delayMs: match.at(2) === undefined ? undefined : Number(match[2]) }
  // Texts of recordings are few; others' may have anything beside it.
  if (known.size < MOST_KNOWN) known.set(text, wake)
  return wake
}

const MOST_KNOWN = 1000

/** A promise's callback: who gave it to the promise has set it going. */
export const PROMISE = 'PROMISE'
/** A generator begins because somebody goes through it, whose slice is closed by then. */
export const ITERATION = 'iteration'

/** Whether what waits for such a thing could go on at once: it waits for its turn only. */
export function isRunnable(kind: string): boolean {
  return RUNNABLE.has(kind)
}

const RUNNABLE = new Set(['TickObject', 'Microtask', 'Immediate', ITERATION])

/** Whether Node.js comes to such a thing before it goes on to the next event: no new event begins with it. */
export function staysInDrain(kind: string): boolean {
  return kind === PROMISE || (kind !== 'Immediate' && RUNNABLE.has(kind))
}
