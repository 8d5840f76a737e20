import { counted, duration } from '@tracer/text-format'
import type { GonePath } from '../view/flame-view.js'
import { element } from './element.js'

const MOST_PATHS = 100

/** The paths that are gone after a change: they have no width there. A button each leads to where they were. */
export class GoneList {
  readonly element = element('details', { class: 'gone', hidden: '' })
  readonly #onPick: (source: number) => void

  /** `onPick` is given a node of the content. */
  constructor(onPick: (source: number) => void) {
    this.#onPick = onPick
  }

  show(paths: readonly GonePath[]): void {
    this.element.hidden = paths.length === 0
    if (paths.length === 0) return this.element.replaceChildren()
    const totalNs = paths.reduce((sum, path) => sum + path.totalNs, 0)
    const rest = paths.length - MOST_PATHS
    this.element.replaceChildren(
      element('summary', {}, `${counted(paths.length, 'path')} gone, ${duration(totalNs)} before`),
      element('ul', {}, ...paths.slice(0, MOST_PATHS).map((path) => this.#item(path))),
      ...(rest > 0 ? [element('p', {}, `And ${counted(rest, 'more')}`)] : []),
    )
  }

  #item({ node, names, totalNs }: GonePath): HTMLElement {
    const path = names.slice(-6, -1)
    const above = path.length === 0 ? '' : `${names.length > 6 ? '… › ' : ''}${path.join(' › ')} › `
    const button = element(
      'button',
      { type: 'button' },
      element('span', { class: 'above' }, above),
      element('span', {}, names[names.length - 1]),
      element('span', { class: 'time' }, duration(totalNs)),
    )
    button.addEventListener('click', () => this.#onPick(node))
    return element('li', {}, button)
  }
}
