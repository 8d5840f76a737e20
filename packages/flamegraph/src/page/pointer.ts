import { CLICK_SLACK, Pinching, pointIn, type Point } from '@tracer/gestures'

/** What a pointer or wheel asks for. */
export interface PointerActions {
  hover(at: Point | undefined): void
  click(at: Point): void
  /** To the right, in pixels. */
  pan(by: number): void
  /** In by a factor above 1, out by one below. */
  zoom(factor: number, at: Point): void
}

/** Listens to pointer and wheel over an element. */
export function listenToPointer(element: HTMLElement, actions: PointerActions, signal: AbortSignal): void {
  let pressed: { readonly x: number; readonly y: number; last: number; hasMoved: boolean } | undefined
  const at = (event: MouseEvent): Point => pointIn(element, event)
  const isInside = ({ x, y }: Point): boolean => x >= 0 && y >= 0 && x < element.clientWidth && y < element.clientHeight
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void => element.addEventListener(name, listener, { signal, passive: name !== 'wheel' })

  const pinching = new Pinching(
    element,
    ({ x, movedX, factor }) => {
      actions.hover(undefined)
      actions.zoom(1 / factor, { x: x - movedX, y: 0 })
      actions.pan(movedX)
    },
    signal,
  )
  listen('pointerdown', (event) => {
    // A press on the scroll bar is none of ours.
    if (event.button !== 0 || !isInside(at(event))) return
    pressed = pinching.isActive
      ? undefined
      : { x: event.clientX, y: event.clientY, last: event.clientX, hasMoved: false }
  })
  listen('pointermove', (event) => {
    if (pinching.has(event.pointerId)) return
    if (pressed === undefined) return actions.hover(isInside(at(event)) ? at(event) : undefined)
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y)
    if (!pressed.hasMoved && moved < CLICK_SLACK) return
    if (!pressed.hasMoved) {
      pressed.hasMoved = true
      element.setPointerCapture(event.pointerId)
      actions.hover(undefined)
    }
    actions.pan(event.clientX - pressed.last)
    pressed.last = event.clientX
  })
  listen('pointerup', (event) => {
    const wasClick = pressed !== undefined && !pressed.hasMoved
    pressed = undefined
    if (wasClick) actions.click(at(event))
  })
  listen('pointercancel', () => (pressed = undefined))
  listen('pointerleave', () => actions.hover(undefined))
  listen('wheel', (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      actions.zoom(Math.exp(-event.deltaY / 180), at(event))
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault()
      actions.pan(-event.deltaX)
    }
  })
}
