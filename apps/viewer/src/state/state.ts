import { computed, signal } from '@preact/signals'
import type { Trace } from '@tracer/core'
import { EMPTY_SEARCH, matchedSites, type Search } from './search.js'
import type { Moment, OpenFile, Opening, Picked, Tab, Theme, TimeRange } from './model.js'
import { ownCode } from './own-code.js'

/** All that the page shows, and what is shown of it: everything on screen follows from these. */
export const files = signal<readonly OpenFile[]>([])
export const openings = signal<readonly Opening[]>([])
export const activeId = signal(0)
/** Two files side by side: the active one is the later one. */
export const isComparing = signal(false)

export const tab = signal<Tab>('functions')
export const theme = signal<Theme>('light')
export const search = signal<Search>(EMPTY_SEARCH)
export const isOwnCodeOnly = signal(false)
/** The part of time that the timeline shows; undefined for all. */
export const view = signal<TimeRange | undefined>(undefined)
/** The part of time that was dragged over, to which tables and graphs keep. */
export const range = signal<TimeRange | undefined>(undefined)
export const picked = signal<Picked | undefined>(undefined)
/** An instant or a counter's value, when that is what was pointed at. */
export const moment = signal<Moment | undefined>(undefined)
/** In a comparison: whether the two timelines show the same stretch of time. */
export const isMovingTogether = signal(true)
/** The last thing that happened, shown for a while. */
export const notice = signal('')

export const active = computed(() => files.value.find(({ id }) => id === activeId.value) ?? files.value.at(0))

const shownTraces = new WeakMap<Trace, Trace>()

/** The trace of a file as it is shown: with "just my code" the rest folded into its callers, made once. */
export function shownTrace(file: OpenFile, isOwnOnly: boolean): Trace {
  if (!isOwnOnly) return file.trace
  let shown = shownTraces.get(file.trace)
  if (shown === undefined) shownTraces.set(file.trace, (shown = ownCode(file.trace)))
  return shown
}

/** The trace that everything but a comparison is about. */
export const trace = computed(() => {
  const file = active.value
  return file === undefined ? undefined : shownTrace(file, isOwnCodeOnly.value)
})

/** The ids of the files to compare, where a person chose them. */
export const beforeId = signal(0)
export const afterId = signal(0)

/** The file to compare from: the chosen one, or the first. */
const before = computed(() => (isComparing.value ? (withId(beforeId.value) ?? files.value.at(0)) : undefined))

/** The file to compare with: the chosen one, or the first other. */
const after = computed(() => {
  const chosen = withId(afterId.value)
  return chosen !== undefined && chosen !== before.value ? chosen : files.value.find((file) => file !== before.value)
})

function withId(id: number): OpenFile | undefined {
  return files.value.find((file) => file.id === id)
}

/** The two files that are compared. What is selected meanwhile is in one of them, the active one. */
export const compared = computed(() =>
  before.value === undefined || after.value === undefined ? undefined : { before: before.value, after: after.value },
)

/** Which sites of the trace the search matches; undefined while nothing is searched for. */
export const matches = computed(() => {
  const shown = trace.value
  return shown === undefined ? undefined : matchedSites(shown, search.value)
})
