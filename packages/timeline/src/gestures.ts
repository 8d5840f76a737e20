import { CLICK_SLACK, Pinching, pointIn } from '@tracer/gestures'
import type { RangeEdge } from './range-edges.js'
import type { Stage } from './stage.js'

/** What the pointer and the wheel do, in CSS pixels from the left and top of the rows. */
export interface GestureActions {
  zoomAt(x: number, factor: number): void
  panBy(x: number, y: number): void
  scrollBy(y: number): void
  hover(x: number, y: number, event: PointerEvent | undefined): void
  click(x: number, y: number): void
  doubleClick(x: number, y: number): void
  /** A range between two places is being drawn, or is done. */
  measure(fromX: number, toX: number, isDone: boolean): void
  /** The edge of the measured range within so many pixels of a place. */
  edgeAt(x: number, reach: number): RangeEdge | undefined
  takeEdge(edge: RangeEdge): void
  /** The edge that was taken is being moved, or is done. */
  moveEdge(x: number, isDone: boolean): void
  /** The pointer on the minimap: where it went down and where it is. */
  minimap(fromX: number, toX: number, isStart: boolean): void
}

/** How far from an edge of the range it is taken hold of, with a mouse and with a finger. CSS pixels. */
const EDGE_REACH = 4
const EDGE_REACH_TOUCH = 14
/** How much a notch of the wheel (100 px) zooms: by a factor of about 1.3. */
const ZOOM_PER_PX = 0.0027
/** Pinching sends small steps with the ctrl key set. */
const ZOOM_PER_PINCH_PX = 0.012

/** Listens to pointer and wheel until the signal says to stop. */
export function listenToGestures(
  stage: Stage,
  minimapHeight: number,
  actions: GestureActions,
  signal: AbortSignal,
): void {
  stage.root.addEventListener('wheel', (event) => onWheel(event, stage, actions), { signal, passive: false })
  const pinching = new Pinching(
    stage.surface,
    ({ x, movedX, movedY, factor }) => {
      // Zoomed first: all of the time has no room to be moved.
      actions.zoomAt(x - movedX, factor)
      actions.panBy(movedX, movedY)
    },
    signal,
  )
  stage.surface.addEventListener('pointerdown', (event) => onSurface(event, stage.surface, actions, pinching), {
    signal,
  })
  stage.surface.addEventListener(
    'pointermove',
    (event) => {
      const { x, y } = pointIn(stage.surface, event)
      if (event.buttons !== 0) return
      showEdge(stage.surface, event, x, actions)
      actions.hover(x, y, event)
    },
    { signal },
  )
  stage.surface.addEventListener('pointerleave', () => actions.hover(-1, -1, undefined), { signal })
  stage.surface.addEventListener(
    'dblclick',
    (event) => {
      const { x, y } = pointIn(stage.surface, event)
      actions.doubleClick(x, y)
    },
    { signal },
  )
  stage.overview.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      const start = pointIn(stage.overview, event)
      const onMinimap = start.y < minimapHeight
      const edge = onMinimap ? undefined : actions.edgeAt(start.x, reachOf(event))
      if (edge !== undefined) actions.takeEdge(edge)
      if (onMinimap) actions.minimap(start.x, start.x, true)
      follow(event, stage.overview, (x, _y, isDone) => {
        if (onMinimap) actions.minimap(start.x, x, false)
        else if (edge !== undefined) actions.moveEdge(x, isDone)
        else if (Math.abs(x - start.x) >= CLICK_SLACK || isDone) actions.measure(start.x, x, isDone)
      })
    },
    { signal },
  )
  stage.overview.addEventListener(
    'pointermove',
    (event) => {
      const { x, y } = pointIn(stage.overview, event)
      if (event.buttons === 0) showEdge(stage.overview, event, y < minimapHeight ? NaN : x, actions)
    },
    { signal },
  )
}

/** A pointer on an edge of the range says that it can be moved. */
function showEdge(target: HTMLElement, event: PointerEvent, x: number, actions: GestureActions): void {
  target.classList.toggle('on-edge', actions.edgeAt(x, reachOf(event)) !== undefined)
}

function reachOf({ pointerType }: PointerEvent): number {
  return pointerType === 'touch' ? EDGE_REACH_TOUCH : EDGE_REACH
}

function onWheel(event: WheelEvent, stage: Stage, actions: GestureActions): void {
  const unit =
    event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
  const { x } = pointIn(stage.surface, event)
  if (event.ctrlKey || event.metaKey) {
    const isPinch = event.ctrlKey && Math.abs(dy) < 50 && !Number.isInteger(dy)
    actions.zoomAt(Math.max(0, x), Math.exp(dy * (isPinch ? ZOOM_PER_PINCH_PX : ZOOM_PER_PX)))
  } else if (event.shiftKey) {
    actions.panBy(-(dx === 0 ? dy : dx), 0)
  } else {
    // What goes sideways moves through time; the page never takes it for "back".
    if (Math.abs(dx) > Math.abs(dy)) actions.panBy(-dx, 0)
    else actions.scrollBy(dy)
  }
  event.preventDefault()
}

function onSurface(event: PointerEvent, surface: HTMLElement, actions: GestureActions, pinching: Pinching): void {
  if (event.button !== 0 && event.button !== 1) return
  const start = pointIn(surface, event)
  const isMeasuring = event.shiftKey
  const edge = isMeasuring || event.button !== 0 ? undefined : actions.edgeAt(start.x, reachOf(event))
  let last = start
  let isMoved = false
  if (event.button === 1) event.preventDefault()
  follow(event, surface, (x, y, isDone) => {
    if (pinching.has(event.pointerId)) {
      surface.classList.remove('measuring', 'panning')
      // The finger that stays when the other one is lifted goes on alone.
      if (!pinching.isActive) actions.panBy(x - last.x, y - last.y)
      last = { x, y }
      return
    }
    if (!isMoved && Math.hypot(x - start.x, y - start.y) < CLICK_SLACK) {
      if (isDone) actions.click(x, y)
      return
    }
    if (!isMoved && edge !== undefined) actions.takeEdge(edge)
    isMoved = true
    surface.classList.toggle(isMeasuring || edge !== undefined ? 'measuring' : 'panning', !isDone)
    if (edge !== undefined) actions.moveEdge(x, isDone)
    else if (isMeasuring) actions.measure(start.x, x, isDone)
    else actions.panBy(x - last.x, y - last.y)
    last = { x, y }
  })
}

/** Follows a pointer that is down until it is up or lost. */
function follow(
  event: PointerEvent,
  target: HTMLElement,
  moved: (x: number, y: number, isDone: boolean) => void,
): void {
  const stop = new AbortController()
  const { signal } = stop
  target.setPointerCapture(event.pointerId)
  const on = (isDone: boolean) => (next: PointerEvent) => {
    if (next.pointerId !== event.pointerId) return
    const { x, y } = pointIn(target, next)
    if (isDone) stop.abort()
    moved(x, y, isDone)
  }
  target.addEventListener('pointermove', on(false), { signal })
  target.addEventListener('pointerup', on(true), { signal })
  target.addEventListener('pointercancel', on(true), { signal })
}
