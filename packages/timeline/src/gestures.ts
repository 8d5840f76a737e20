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
  /** The pointer on the minimap: where it went down and where it is. */
  minimap(fromX: number, toX: number, isStart: boolean): void
}

/** A pointer that moves less has clicked. CSS pixels. */
const SLACK = 4
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
  stage.surface.addEventListener('pointerdown', (event) => onSurface(event, stage.surface, actions), { signal })
  stage.surface.addEventListener(
    'pointermove',
    (event) => {
      const { x, y } = pointIn(stage.surface, event)
      if (event.buttons === 0) actions.hover(x, y, event)
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
      if (onMinimap) actions.minimap(start.x, start.x, true)
      follow(event, stage.overview, (x, _y, isDone) => {
        if (onMinimap) actions.minimap(start.x, x, false)
        else if (Math.abs(x - start.x) >= SLACK || isDone) actions.measure(start.x, x, isDone)
      })
    },
    { signal },
  )
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

function onSurface(event: PointerEvent, surface: HTMLElement, actions: GestureActions): void {
  if (event.button !== 0 && event.button !== 1) return
  const start = pointIn(surface, event)
  const isMeasuring = event.shiftKey
  let last = start
  let isMoved = false
  if (event.button === 1) event.preventDefault()
  follow(event, surface, (x, y, isDone) => {
    if (!isMoved && Math.hypot(x - start.x, y - start.y) < SLACK) {
      if (isDone) actions.click(x, y)
      return
    }
    isMoved = true
    surface.classList.toggle(isMeasuring ? 'measuring' : 'panning', !isDone)
    if (isMeasuring) actions.measure(start.x, x, isDone)
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

function pointIn(target: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const { left, top } = target.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}
