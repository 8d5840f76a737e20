import type { FrameFacts } from '../view/flame-view.js'
import { element } from './element.js'

const DISTANCE = 14

/** The card beside the pointer. */
export class HoverCard {
  readonly element = element('div', { class: 'card', 'aria-hidden': 'true', hidden: '' })

  /** Shows facts at a point of the element that the card is in, on the side where there is room. */
  show(facts: FrameFacts, at: { readonly x: number; readonly y: number }): void {
    const card = this.element
    const place = facts.place === '' ? [] : [element('div', { class: 'place' }, facts.place)]
    const rows = facts.rows.flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)])
    card.replaceChildren(element('div', { class: 'name' }, facts.name), ...place, element('dl', {}, ...rows))
    card.hidden = false
    const { offsetParent } = card
    const [roomX, roomY] = [offsetParent?.clientWidth ?? 0, offsetParent?.clientHeight ?? 0]
    const { offsetWidth: width, offsetHeight: height } = card
    const x = at.x + DISTANCE + width <= roomX ? at.x + DISTANCE : Math.max(0, at.x - DISTANCE - width)
    const y = at.y + DISTANCE + height <= roomY ? at.y + DISTANCE : Math.max(0, at.y - DISTANCE - height)
    card.style.transform = `translate(${x}px, ${y}px)`
  }

  hide(): void {
    this.element.hidden = true
  }
}
