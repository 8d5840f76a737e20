/** Which way the stack grows: an icicle hangs from its root, a flame stands on it. */
export type Direction = 'icicle' | 'flame'
/** Both, the default first. */
export const DIRECTIONS: readonly Direction[] = ['icicle', 'flame']

export const ROW_HEIGHT = 20

/** Where rows lie in a view that is scrolled. All in pixels. */
export class Rows {
  readonly #direction: Direction
  readonly #scrollTop: number
  readonly #viewHeight: number
  /** Height of all rows, or of the view where that is more. */
  readonly height: number

  constructor(direction: Direction, levels: number, view: { readonly scrollTop: number; readonly height: number }) {
    this.#direction = direction
    this.#scrollTop = view.scrollTop
    this.#viewHeight = view.height
    this.height = Math.max(view.height, levels * ROW_HEIGHT)
  }

  /** Top of a row, from that of the view. */
  topOf(row: number): number {
    const fromRoot = row * ROW_HEIGHT
    return (this.#direction === 'icicle' ? fromRoot : this.height - fromRoot - ROW_HEIGHT) - this.#scrollTop
  }

  /** The row at `y` from the top of the view; it may be one that the tree does not have. */
  rowAt(y: number): number {
    const fromTop = y + this.#scrollTop
    return Math.floor((this.#direction === 'icicle' ? fromTop : this.height - fromTop) / ROW_HEIGHT)
  }

  /** Rows that can be seen, from the root on. */
  visible(): { readonly first: number; readonly last: number } {
    const [atTop, atBottom] = [this.rowAt(0), this.rowAt(this.#viewHeight - 0.01)]
    return { first: Math.max(0, Math.min(atTop, atBottom)), last: Math.max(atTop, atBottom) }
  }

  /** Where to scroll so that a row can be seen, with one more on either side. */
  scrollTopFor(row: number): number {
    const top = this.topOf(row) + this.#scrollTop
    const [least, most] = [top + 2 * ROW_HEIGHT - this.#viewHeight, top - ROW_HEIGHT]
    return Math.max(0, Math.min(this.height - this.#viewHeight, Math.max(least, Math.min(this.#scrollTop, most))))
  }

  /** Where to scroll so that the root can be seen. */
  scrollTopOfRoot(): number {
    return this.#direction === 'icicle' ? 0 : this.height - this.#viewHeight
  }
}
