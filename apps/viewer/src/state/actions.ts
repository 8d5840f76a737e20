import { batch } from '@preact/signals'
import type { SiteIndex } from '@tracer/core'
import type { Moment, SliceRef, Tab, TimeRange } from './model.js'
import { nextMatch, slicesOf } from './slices.js'
import { isOwnCodeOnly, matches, moment, notice, picked, range, tab, trace, view } from './state.js'

/** Selects a slice, and says to the timeline to bring it into sight unless it comes from there. */
export function pickSlice(at: SliceRef, isFromTimeline = false): void {
  const shown = trace.value
  const slices = shown === undefined ? undefined : slicesOf(shown, at.track)
  if (slices === undefined || at.slice >= slices.length) return
  batch(() => {
    picked.value = { site: slices.site[at.slice], at }
    moment.value = undefined
    if (!isFromTimeline) bringIntoSight(slices.startNs[at.slice], slices.durationNs[at.slice])
  })
}

/** Selects a function, and keeps the slice when it is one of its calls. */
export function pickSite(site: SiteIndex): void {
  const before = picked.value
  if (before?.site !== site) picked.value = { site, at: undefined }
  moment.value = undefined
}

export function pickNothing(): void {
  picked.value = undefined
  moment.value = undefined
}

/** Selects an instant or a counter's value. */
export function pickMoment(next: Moment): void {
  batch(() => {
    picked.value = undefined
    moment.value = next
  })
}

export function showTab(next: Tab): void {
  tab.value = next
}

export function pickRange(next: TimeRange | undefined): void {
  range.value = next !== undefined && next.toNs > next.fromNs ? next : undefined
}

/** Goes to the next match of the search by time, or to the one before. */
export function goToMatch(step: 1 | -1): void {
  const shown = trace.value
  const found = matches.value
  if (shown === undefined || found === undefined) return
  const next = nextMatch(shown, found.bySite, picked.value?.at, step)
  if (next === undefined) notice.value = 'No call matches.'
  else pickSlice(next)
}

/** Folds packages and built-ins into those that called them, or shows them again; the selected call stays where it can. */
export function toggleOwnCode(): void {
  const before = trace.value
  const at = picked.value?.at
  const slices = before === undefined || at === undefined ? undefined : slicesOf(before, at.track)
  batch(() => {
    isOwnCodeOnly.value = !isOwnCodeOnly.value
    const after = trace.value
    if (slices === undefined || at === undefined || after === undefined) return
    const same = sameSlice(at, slices.site[at.slice], slices.startNs[at.slice])
    picked.value = { site: slices.site[at.slice], at: same }
  })
  notice.value = isOwnCodeOnly.value ? 'Packages and built-ins are folded into their callers.' : 'All code is shown.'
}

function sameSlice({ track }: SliceRef, site: SiteIndex, startNs: number): SliceRef | undefined {
  const slices = trace.value === undefined ? undefined : slicesOf(trace.value, track)
  if (slices === undefined) return undefined
  for (let slice = 0; slice < slices.length; slice++) {
    if (slices.startNs[slice] === startNs && slices.site[slice] === site) return { track, slice }
  }
  return undefined
}

/** Moves the view only as far as it takes to see a slice as more than a dot. */
function bringIntoSight(startNs: number, durationNs: number): void {
  const seen = view.value
  if (seen === undefined) return
  const spanNs = seen.toNs - seen.fromNs
  const endNs = startNs + durationNs
  const isTooSmall = durationNs < spanNs / 200
  if (startNs >= seen.fromNs && endNs <= seen.toNs && !isTooSmall) return
  const newSpanNs = isTooSmall || durationNs > spanNs ? Math.max(durationNs * 4, 100) : spanNs
  const fromNs = startNs + durationNs / 2 - newSpanNs / 2
  view.value = { fromNs, toNs: fromNs + newSpanNs }
}
