/** A place on an element: CSS pixels from the top left of what is within its border. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A pointer that moved less, in CSS pixels, is meant to stand still: it has clicked. */
export const CLICK_SLACK = 4

/** Where a pointer, or the wheel, is on an element. */
export function pointIn(element: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left - element.clientLeft, y: clientY - top - element.clientTop }
}
