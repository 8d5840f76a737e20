import { pathOf } from '../tree/frame-tree.js'
import type { FlameView } from '../view/flame-view.js'
import { frameOf } from '../tree/frame-tree.js'
import { titleOf } from '../view/frame-names.js'
import { element } from './element.js'

/** Deeper paths are cut in their middle. */
const MOST_STEPS = 12

/** The path to what is zoomed to: a button for each frame above it. */
export class PathBar {
  readonly element = element('nav', { class: 'path', 'aria-label': 'Zoomed to' })
  readonly #onPick: (node: number) => void

  /** `onPick` is given a node of the tree, or -1 for all. */
  constructor(onPick: (node: number) => void) {
    this.#onPick = onPick
  }

  show(view: FlameView, zoom: number): void {
    const path = pathOf(view.tree, zoom)
    const [head, tail] =
      path.length <= MOST_STEPS ? [path, []] : [path.slice(0, MOST_STEPS / 2), path.slice(-MOST_STEPS / 2)]
    const named = (node: number): HTMLElement => this.#step(titleOf(frameOf(view.tree, node)), node, node === zoom)
    const more = path.length - head.length - tail.length
    this.element.replaceChildren(
      this.#step('All', -1, zoom === -1),
      ...head.map(named),
      ...(more > 0 ? [element('span', { class: 'more' }, `… ${more} more …`)] : []),
      ...tail.map(named),
    )
    this.element.scrollLeft = this.element.scrollWidth
  }

  #step(text: string, node: number, isLast: boolean): HTMLElement {
    const button = element(
      'button',
      { type: 'button', title: text, ...(isLast ? { 'aria-current': 'true' } : {}) },
      text,
    )
    button.addEventListener('click', () => this.#onPick(node))
    return button
  }
}
