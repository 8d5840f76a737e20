import { computed } from '@preact/signals'
import { callTree, functionTable, inverted, timeTree, type TrackSelection } from '@tracer/call-tree'
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

/** The same calls from the other end: functions, and who called them. */
export const callers = computed(() => (tree.value === undefined ? undefined : inverted(tree.value)))
