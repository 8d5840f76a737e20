import { counterScale } from './paint-counter.js'
import { rowsBetween, type Layout, type Row } from './layout.js'
import { element } from './stage.js'
import type { TrackStore } from './track-store.js'
import type { TrackNode } from './track-tree.js'

/** What a person does with the header of a row. */
export interface HeaderActions {
  toggle(node: TrackNode): void
  pin(node: TrackNode): void
  /** Moves a row before another with the same parent; to the end without one. */
  move(node: TrackNode, before: TrackNode | undefined): void
  /** The row that gets the focus, which may have to be scrolled to. */
  focus(node: TrackNode): void
}

/** Longer names are cut; nothing shows more of them. */
const MOST_NAME = 200

interface Header {
  readonly element: HTMLElement
  readonly head: HTMLElement
  row: Row
}

/** The names of the rows that are seen, as elements; those that scroll out of sight are taken away. */
export class Headers {
  readonly #pinnedHost: HTMLElement
  readonly #scrolledHost: HTMLElement
  readonly #shown = new Map<string, Header>()
  readonly #actions: HeaderActions
  #layout: Layout | undefined
  #focusKey: string | undefined

  constructor(host: HTMLElement, actions: HeaderActions) {
    this.#scrolledHost = host.appendChild(element('div', 'scrolled'))
    this.#pinnedHost = host.appendChild(element('div', 'pinned'))
    this.#actions = actions
  }

  /** Shows the rows of a height; `isHidden` hides one in the list because it is pinned at the top too. */
  update(layout: Layout, store: TrackStore, scrollTop: number, height: number): void {
    this.#layout = layout
    const gone = new Set(this.#shown.keys())
    const { from, to } = rowsBetween(layout.rows, scrollTop, scrollTop + height - layout.pinnedHeight)
    this.#pinnedHost.style.height = `${layout.pinnedHeight}px`
    this.#scrolledHost.style.height = `${height}px`
    for (const row of layout.pinned) this.#place(row, row.top, 0, this.#pinnedHost, 'pinned ', store, gone, layout)
    for (const row of layout.rows.slice(from, to)) {
      const top = row.top - scrollTop + layout.pinnedHeight
      const hidden = Math.min(Math.max(0, layout.pinnedHeight - top), row.height - 26)
      this.#place(row, top, hidden, this.#scrolledHost, '', store, gone, layout)
    }
    for (const key of gone) {
      this.#shown.get(key)?.element.remove()
      this.#shown.delete(key)
    }
    const first = [...this.#shown.values()].at(0)
    if (this.#focusKey === undefined || !this.#shown.has(this.#focusKey)) first?.element.setAttribute('tabindex', '0')
  }

  /** `hidden` is how much of its top is out of sight: the name stays in it. */
  #place(
    row: Row,
    top: number,
    hidden: number,
    host: HTMLElement,
    prefix: string,
    store: TrackStore,
    gone: Set<string>,
    layout: Layout,
  ): void {
    const key = prefix + row.node.key
    gone.delete(key)
    let header = this.#shown.get(key)
    if (header === undefined) {
      header = this.#make(row, key, store)
      this.#shown.set(key, header)
      host.append(header.element)
    }
    header.row = row
    const { style, dataset } = header.element
    style.transform = `translateY(${top}px)`
    style.height = `${row.height}px`
    style.setProperty('--indent', `${row.indent}`)
    header.head.style.transform = hidden > 0 ? `translateY(${hidden}px)` : ''
    setFlag(dataset, 'collapsed', row.isCollapsed)
    setFlag(
      dataset,
      'pinned',
      layout.pinned.some(({ node }) => node === row.node),
    )
    if (isFoldable(row, store)) header.element.setAttribute('aria-expanded', String(!row.isCollapsed))
    header.element.setAttribute('aria-level', String(row.indent + 1))
    header.element.setAttribute('aria-posinset', String(row.place))
    header.element.setAttribute('aria-setsize', String(row.siblings))
    header.element.tabIndex = key === this.#focusKey ? 0 : -1
  }

  #make(row: Row, key: string, store: TrackStore): Header {
    const { node } = row
    const made = element('div', `row ${node.kind}`)
    made.setAttribute('role', 'treeitem')
    made.setAttribute('aria-label', `${node.name.slice(0, MOST_NAME)} ${node.detail}`.trim())
    const head = made.appendChild(element('div', 'head'))
    const fold = head.appendChild(element('button', isFoldable(row, store) ? 'fold' : ''))
    const name = head.appendChild(element('span', 'name'))
    name.textContent = node.name.slice(0, MOST_NAME)
    head.title = [node.name, node.detail, node.about]
      .filter((part) => part !== '')
      .join('\n')
      .slice(0, 4 * MOST_NAME)
    head.appendChild(element('span', 'detail')).textContent = node.detail
    const pin = head.appendChild(element('button', 'pin'))
    pin.append(pinIcon())
    pin.title = 'Pin to the top (P)'
    fold.tabIndex = pin.tabIndex = -1
    fold.setAttribute('aria-hidden', 'true')
    pin.setAttribute('aria-hidden', 'true')
    const track = store.trackOf(node)
    if (track?.kind === 'counter') {
      const index = store.samplesOf(track)
      const { high } = counterScale(index.low, index.high)
      made.appendChild(element('span', 'scale')).textContent = `0 – ${shortNumber(high)}`
    }
    const header: Header = { element: made, head, row }
    fold.addEventListener('click', () => this.#actions.toggle(header.row.node))
    pin.addEventListener('click', () => this.#actions.pin(header.row.node))
    head.addEventListener('dblclick', () => this.#actions.toggle(header.row.node))
    made.addEventListener('focus', () => (this.#focusKey = key))
    made.addEventListener('keydown', (event) => this.#key(event, header, key))
    made.addEventListener('pointerdown', (event) => this.#drag(event, header))
    return header
  }

  /** The keys of a tree, and what else a header is good for. */
  #key(event: KeyboardEvent, { row }: Header, key: string): void {
    const { node } = row
    const rows = key.startsWith('pinned ') ? (this.#layout?.pinned ?? []) : (this.#layout?.rows ?? [])
    const at = rows.findIndex((one) => one.node === node)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && event.altKey) this.#moveBy(node, step)
    else if (step !== 0) this.#focusOn(rows.at(Math.max(0, at + step))?.node)
    else if (event.key === 'Home') this.#focusOn(rows.at(0)?.node)
    else if (event.key === 'End') this.#focusOn(rows.at(-1)?.node)
    else if (event.key === 'ArrowLeft' && row.isCollapsed) this.#focusOn(node.parent)
    else if (event.key === 'ArrowLeft') this.#actions.toggle(node)
    else if (event.key === 'ArrowRight' && row.isCollapsed) this.#actions.toggle(node)
    else if (event.key === 'ArrowRight') this.#focusOn(node.children.at(0))
    else if (event.key === 'Enter' || event.key === ' ') this.#actions.toggle(node)
    else if (event.key.toLowerCase() === 'p') this.#actions.pin(node)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #focusOn(node: TrackNode | undefined): void {
    if (node === undefined) return
    this.#actions.focus(node)
    this.#focusKey = node.key
    this.#shown.get(node.key)?.element.focus()
  }

  /** Takes a row one place up or down among those with its parent that are shown. */
  #moveBy(node: TrackNode, step: number): void {
    const siblings = this.#siblings(node)
    const at = siblings.indexOf(node)
    const target = at + step
    if (target < 0 || target >= siblings.length) return
    this.#actions.move(node, siblings.at(step === 1 ? target + 1 : target))
    this.#focusOn(node)
  }

  #siblings(node: TrackNode): TrackNode[] {
    return (this.#layout?.rows ?? []).filter((row) => row.node.parent === node.parent).map((row) => row.node)
  }

  #drag(event: PointerEvent, header: Header): void {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button') !== null)) return
    const { node } = header.row
    const startY = event.clientY
    let target: Header | undefined
    const stop = new AbortController()
    const move = (moved: PointerEvent): void => {
      if (Math.abs(moved.clientY - startY) < 5) return
      header.element.classList.add('dragged')
      target?.element.classList.remove('target')
      target = this.#siblingAt(moved.clientY, node)
      target?.element.classList.add('target')
    }
    const end = (): void => {
      stop.abort()
      header.element.classList.remove('dragged')
      target?.element.classList.remove('target')
      if (target !== undefined && target !== header) this.#actions.move(node, target.row.node)
    }
    window.addEventListener('pointermove', move, { signal: stop.signal })
    window.addEventListener('pointerup', end, { signal: stop.signal })
    window.addEventListener('pointercancel', end, { signal: stop.signal })
  }

  /** The header under the pointer, if it has the same parent. */
  #siblingAt(clientY: number, node: TrackNode): Header | undefined {
    return [...this.#shown.values()].find(({ element: shown, row }) => {
      const { top, bottom } = shown.getBoundingClientRect()
      return row.node.parent === node.parent && clientY >= top && clientY < bottom
    })
  }
}

function pinIcon(): SVGElement {
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  icon.setAttribute('viewBox', '0 0 16 16')
  const path = icon.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'))
  path.setAttribute('d', 'M5 2h6M6 2v4.5L4 9.5h8L10 6.5V2M8 9.5V14')
  return icon
}

function isFoldable({ node }: Row, store: TrackStore): boolean {
  return node.children.length > 0 || store.levelsOf(node) > 1
}

function setFlag(dataset: DOMStringMap, name: string, isOn: boolean): void {
  if (isOn) dataset[name] = ''
  else delete dataset[name]
}

function shortNumber(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value)
}
