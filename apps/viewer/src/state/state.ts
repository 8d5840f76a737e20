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

/** What the active one is compared with: the file before it, or else the one behind it. */
export const compared = computed(() => {
  const all = files.value
  const after = active.value
  if (!isComparing.value || after === undefined || all.length < 2) return undefined
  const at = all.indexOf(after)
  const before = all[at === 0 ? 1 : at - 1]
  return at === 0 ? { before: after, after: before } : { before, after }
})

/** Which sites of the trace the search matches; undefined while nothing is searched for. */
export const matches = computed(() => {
  const shown = trace.value
  return shown === undefined ? undefined : matchedSites(shown, search.value)
})
