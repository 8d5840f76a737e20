import { siteColors, Timeline, type Matches, type Selection } from '@tracer/timeline'
import { batch } from '@preact/signals'
import type { Trace } from '@tracer/core'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { pickMoment, pickNothing, pickRange, pickSlice } from '../state/actions.js'
import { asyncLinks } from '../state/async-links.js'
import { colorsOf } from '../state/colors.js'
import { comparedBounds } from '../state/comparison.js'
import { hovered } from '../state/hovered.js'
import { areAllArrowsShown } from '../state/layout.js'
import type { OpenFile, TimeRange } from '../state/model.js'
import { activate } from '../state/open.js'
import { matchedSites } from '../state/search.js'
import { active, compared, isMovingTogether, moment, picked, range, search, theme, view } from '../state/state.js'
import { shownTimelines } from '../state/timelines.js'

interface TimelineHostProps {
  readonly file: OpenFile
  readonly trace: Trace
}

/** A timeline as a part of the page: it shows what the page has selected, and tells the page what happens in it. */
export function TimelineHost({ file, trace }: TimelineHostProps) {
  const host = useRef<HTMLDivElement>(null)
  const isTold = useRef(false)
  const made = useRef<Timeline>(null)
  const isActive = active.value?.id === file.id
  const isCompared = compared.value !== undefined
  const bounds = comparedBounds.value

  // Other effects wait for the next picture, and what they draw for the one after it.
  useLayoutEffect(() => {
    if (host.current === null) return
    const timeline = new Timeline(host.current, {
      theme: theme.value,
      further: asyncLinks,
      onSelect: (selection) => {
        if (!isTold.current) took(file, selection)
      },
      onRange: (next) => {
        activate(file.id)
        pickRange(next)
      },
      onViewChange: ({ fromNs, toNs }) => moved(file, timeline, { fromNs, toNs }),
      onHover: (target, point) => {
        hovered.value = target === undefined ? undefined : { file, target, ...point }
      },
    })
    made.current = timeline
    shownTimelines.set(file.id, timeline)
    return () => {
      hovered.value = undefined
      shownTimelines.delete(file.id)
      timeline.destroy()
    }
  }, [])

  useLayoutEffect(() => {
    const { current: timeline } = made
    if (timeline === null) return
    const before = active.value?.id === file.id ? view.value : undefined
    // In a comparison by name: what else says most differs from file to file.
    const colors = [isCompared ? siteColors(trace, 'name') : colorsOf(trace)]
    timeline.show([trace], { indexes: trace === file.trace ? file.indexes : [], bounds, colors })
    if (before !== undefined) timeline.view = before
  }, [trace, bounds?.fromNs, bounds?.toNs])

  useLayoutEffect(() => {
    if (made.current !== null) made.current.theme = theme.value
  }, [theme.value])

  useLayoutEffect(() => {
    if (made.current !== null) made.current.flows = areAllArrowsShown.value ? 'all' : 'selected'
  }, [areAllArrowsShown.value])

  useLayoutEffect(() => {
    const { current: timeline } = made
    const wanted = view.value
    if (timeline === null || !isActive || wanted === undefined) return
    if (wanted.fromNs !== timeline.view.fromNs || wanted.toNs !== timeline.view.toNs) timeline.view = wanted
  }, [isActive, view.value])

  useLayoutEffect(() => {
    if (made.current !== null) made.current.range = isActive ? range.value : undefined
  }, [isActive, range.value, trace])

  useLayoutEffect(() => {
    // What the page tells the timeline is no choice of a person: one who picked a function has let go of a slice.
    isTold.current = true
    made.current?.select(isActive ? selected() : undefined, { reveal: true })
    isTold.current = false
  }, [isActive, picked.value, moment.value, trace])

  useLayoutEffect(() => {
    made.current?.highlight(highlighted(trace, isActive))
  }, [search.value, picked.value, trace, isActive])

  return (
    <div
      class="timeline"
      ref={host}
      onPointerDown={() => (lastUsed = file.id)}
      onFocusIn={() => (lastUsed = file.id)}
      onWheel={() => (lastUsed = file.id)}
    />
  )
}

/** The file whose timeline a person moves: the other one follows, and not the other way round. */
let lastUsed = 0

function moved(file: OpenFile, timeline: Timeline, next: TimeRange): void {
  const { fromNs, toNs } = timeline.bounds
  if (file.id === active.value?.id) {
    const isAll = next.fromNs <= fromNs && next.toNs >= toNs
    const before = view.value
    if (isAll) view.value = undefined
    else if (before?.fromNs !== next.fromNs || before.toNs !== next.toNs) view.value = next
  }
  if (compared.value === undefined || !isMovingTogether.value || lastUsed !== file.id) return
  for (const [id, other] of shownTimelines) if (id !== file.id) other.view = next
}

function took(file: OpenFile, selection: Selection | undefined): void {
  batch(() => {
    // Letting go in one timeline is not about what is selected in the other.
    if (selection === undefined) {
      if (active.value?.id === file.id) pickNothing()
      return
    }
    activate(file.id)
    const { track } = selection
    if (selection.kind === 'slice') {
      pickSlice({ track, slice: selection.slice }, true)
    } else {
      pickMoment({
        kind: selection.kind,
        track,
        index: selection.kind === 'instant' ? selection.instant : selection.sample,
      })
    }
  })
}

function selected(): Selection | undefined {
  const at = picked.value?.at
  if (at !== undefined) return { kind: 'slice', trace: 0, track: at.track, slice: at.slice }
  const now = moment.value
  if (now === undefined) return undefined
  const { track, index } = now
  return now.kind === 'instant'
    ? { kind: 'instant', trace: 0, track, instant: index }
    : { kind: 'sample', trace: 0, track, sample: index }
}

/** What the search finds; else all calls of a function that was selected without one of its calls. */
function highlighted(trace: Trace, isActive: boolean): readonly Matches[] | undefined {
  const found = matchedSites(trace, search.value)
  if (found !== undefined) return [{ trace: 0, sites: found.bySite }]
  const chosen = picked.value
  if (!isActive || chosen === undefined || chosen.at !== undefined) return undefined
  const sites = new Uint8Array(trace.sites.length)
  sites[chosen.site] = 1
  return [{ trace: 0, sites }]
}
