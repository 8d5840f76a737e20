import type { SliceIndex } from '@tracer/core'
import { rowUnder, sliceAt } from './hit-test.js'
import type { KeyActions } from './keys.js'
import type { TimelineModel } from './model.js'
import { besideOf, firstChildOf, parentOf } from './nearby-slices.js'
import type { Selection } from './selection.js'
import { timeRangeOf } from './time-range-of.js'
import type { Timeline } from './timeline.js'
import { panned, wholeView, zoomed, type TimeRange } from './view.js'

/** What the keys do with a timeline; each key moves on from where the one before is still moving to. */
export function moves(
  timeline: Timeline,
  model: TimelineModel,
  glide: (view: TimeRange) => void,
  target: () => TimeRange | undefined,
): KeyActions {
  const view = (): TimeRange => target() ?? model.view
  const span = (): number => view().toNs - view().fromNs
  const go = (slice: SliceIndex | undefined): void => {
    const { selection } = model
    if (slice !== undefined && selection !== undefined) timeline.select({ ...selection, kind: 'slice', slice })
  }
  return {
    get hasSelection() {
      return model.selection !== undefined
    },
    pan: (share) => glide(panned(view(), share * span(), model.bounds)),
    zoom: (factor) => glide(zoomed(view(), factor, view().fromNs + span() / 2, model.bounds)),
    scroll: (pixels) => (timeline.view = { ...model.view, scrollTop: model.scrollTop + pixels }),
    goToStart: () => glide(panned(view(), wholeView(model.bounds).fromNs - view().fromNs, model.bounds)),
    goToEnd: () => glide(panned(view(), wholeView(model.bounds).toNs - view().toNs, model.bounds)),
    showAll: () => timeline.showAll(),
    fit: () => {
      const { selection, range } = model
      if (selection !== undefined) timeline.select(selection, { zoom: true })
      else if (range !== undefined) timeline.zoomTo(range)
      else timeline.showAll()
    },
    measure: () => timeline.measureSelection(),
    beside: (step) => moveBeside(timeline, model, step),
    out: () => {
      const { selection, slices } = selected(model)
      if (selection !== undefined && slices !== undefined) go(parentOf(slices, selection.slice))
    },
    into: () => {
      const { selection, slices } = selected(model)
      if (selection !== undefined && slices !== undefined) go(firstChildOf(slices, selection.slice))
    },
    cause: () => void timeline.goToCause(),
    effect: () => void timeline.goToEffect(),
    selectMiddle: () => timeline.select(middleOf(model)),
    clear: () => {
      if (model.selection !== undefined) timeline.select(undefined)
      else if (model.range !== undefined) timeline.measureSelection()
    },
  }
}

function selected({ selection, traces }: TimelineModel) {
  if (selection?.kind !== 'slice') return {}
  const track = traces[selection.trace].tracks[selection.track]
  return track.kind === 'counter' ? {} : { selection, slices: track.slices, kind: track.kind }
}

/** The slice, instant or sample before or after the selected one in its row. */
function moveBeside(timeline: Timeline, model: TimelineModel, step: -1 | 1): void {
  const { selection, store } = model
  if (selection?.kind === 'instant') {
    timeline.select(existing(model, { ...selection, instant: selection.instant + step }))
  }
  if (selection?.kind === 'sample') timeline.select(existing(model, { ...selection, sample: selection.sample + step }))
  const { slices, kind } = selected(model)
  if (selection?.kind !== 'slice' || slices === undefined || kind === undefined) return
  const node = { kind, trace: selection.trace, track: selection.track }
  const level = store.levelOf(node, selection.slice)
  const slice = besideOf(store.indexOf(slices, node), level, selection.slice, step)
  if (slice !== undefined) timeline.select({ ...selection, slice })
}

function existing({ traces, selection }: TimelineModel, next: Selection): Selection | undefined {
  const track = traces[next.trace].tracks[next.track]
  if (next.kind === 'instant' && track.kind === 'thread' && track.instants.length > next.instant && next.instant >= 0) {
    return next
  }
  if (next.kind === 'sample' && track.kind === 'counter' && track.samples.length > next.sample && next.sample >= 0) {
    return next
  }
  return selection
}

/** A slice of the topmost row that has one: the one nearest to the middle of the view. */
function middleOf(model: TimelineModel): Selection | undefined {
  const { width, height, store, view } = model
  let nearest: { selection: Selection; awayNs: number } | undefined
  const middleNs = (view.fromNs + view.toNs) / 2
  for (let y = 1; y < height && nearest === undefined;) {
    const found = rowUnder(model, y)
    if (found === undefined) break
    const { row, within } = found
    const slices = store.slicesOf(row.node)
    const { trace, track } = row.node
    if (slices !== undefined && track !== undefined && row.levels > 0) {
      for (let x = 0; x < width; x += 4) {
        const slice = sliceAt(slices, store.indexOf(slices, row.node), 0, model, x)
        if (slice === undefined) continue
        const selection: Selection = { kind: 'slice', trace, track, slice }
        const range = timeRangeOf(model.traces, selection)
        const awayNs = Math.max(range.fromNs - middleNs, middleNs - range.toNs, 0)
        if (nearest === undefined || awayNs < nearest.awayNs) nearest = { selection, awayNs }
      }
    }
    y += row.height - within
  }
  return nearest?.selection
}
