import { computed, signal } from '@preact/signals'
import { callTree, functionTable, inverted, timeTree, type CallTree, type TrackSelection } from '@tracer/call-tree'
import type { SiteIndex, Trace } from '@tracer/core'
import { range, trace } from './state.js'

/** What tables and graphs are made of: the dragged range of time, or everything. */
const selection = computed((): TrackSelection => (range.value === undefined ? {} : { range: range.value }))

/** Made when the first one looks, and again when the trace or the range is another. */
export const functionRows = computed(() =>
  trace.value === undefined ? [] : functionTable(trace.value, selection.value),
)

export const tree = computed(() => (trace.value === undefined ? undefined : callTree(trace.value, selection.value)))

/** The same calls in the order of time. */
export const treeByTime = computed(() =>
  trace.value === undefined ? undefined : timeTree(trace.value, selection.value),
)

/** Callers of less than such a share of the time are not looked for: a graph of them is too narrow to be seen. */
const LEAST_SHARE = 1 / 20_000

/** The function whose callers alone are shown; of the trace that it is in. */
export const callersRoot = signal<{ readonly trace: Trace; readonly site: SiteIndex } | undefined>(undefined)

/** The function of the trace on the page whose callers alone are shown; undefined for all functions. */
export const callersSite = computed(() =>
  callersRoot.value?.trace === trace.value ? callersRoot.value?.site : undefined,
)

/** The same calls from the other end: functions, or one of them, and who called them. */
export const callers = computed(() => {
  const calls = tree.value
  if (calls === undefined) return undefined
  const root = callersSite.value
  const wholeNs = root === undefined ? calls.rootNs : selfNsOf(calls, root)
  return inverted(calls, { root, leastNs: wholeNs * LEAST_SHARE })
})

function selfNsOf({ length, site, selfNs }: CallTree, wanted: SiteIndex): number {
  let sum = 0
  for (let node = 0; node < length; node++) if (site[node] === wanted) sum += selfNs[node]
  return sum
}
