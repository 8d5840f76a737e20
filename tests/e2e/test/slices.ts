import type { TraceEvent } from './tracer.js'

/** A slice in whole nanoseconds. */
export interface Slice {
  readonly name: string
  readonly startNs: number
  readonly endNs: number
  readonly depth: number
}

/**
 * The slices of every thread, parents first. Works the nesting out again from the times alone and
 * throws when a slice is not wholly inside the one it began in.
 */
export function nestedSlices(events: readonly TraceEvent[]): Slice[] {
  const slices: Slice[] = []
  for (const thread of byThread(events.filter(({ ph }) => ph === 'X')).values()) {
    const open: Slice[] = []
    for (const { name, ts, dur } of thread) {
      const startNs = Math.round(ts * 1000)
      const endNs = startNs + Math.round(dur * 1000)
      while (open.length > 0 && open[open.length - 1].endNs <= startNs) open.pop()
      const parent = open.at(-1)
      if (parent !== undefined && endNs > parent.endNs) {
        throw new Error(`${name} (${startNs} to ${endNs} ns) ends after ${parent.name} (to ${parent.endNs} ns)`)
      }
      const slice = { name, startNs, endNs, depth: open.length }
      slices.push(slice)
      open.push(slice)
    }
  }
  return slices
}

/** How often each name occurs. */
export function countByName(slices: readonly { readonly name: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { name } of slices) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** The slices as indented text. */
export function outline(slices: readonly Slice[]): string {
  return slices.map(({ name, depth }) => '  '.repeat(depth) + name).join('\n')
}

function byThread(events: readonly TraceEvent[]): Map<string, TraceEvent[]> {
  const threads = new Map<string, TraceEvent[]>()
  for (const event of events) {
    const key = `${event.pid} ${event.tid}`
    const thread = threads.get(key)
    if (thread === undefined) threads.set(key, [event])
    else thread.push(event)
  }
  return threads
}
