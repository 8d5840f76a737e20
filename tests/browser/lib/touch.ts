import type { Page } from 'playwright-core'

type Point = readonly [x: number, y: number]

/** Fingers on a page, as the browser's own protocol puts them there. */
export class Touch {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Puts fingers down, each at the first point of its way, leads them along and lifts them. */
  async drag(...ways: readonly (readonly [Point, Point])[]): Promise<void> {
    const session = await this.#page.context().newCDPSession(this.#page)
    const steps = 5
    const at = (share: number): { x: number; y: number; id: number }[] =>
      ways.map(([from, to], id) => ({
        x: from[0] + (to[0] - from[0]) * share,
        y: from[1] + (to[1] - from[1]) * share,
        id,
      }))
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) })
    for (let step = 1; step <= steps; step++) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / steps) })
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await session.detach()
  }
}
