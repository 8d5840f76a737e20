// What an SVG document does where scripts run: a click zooms, "Search" and Ctrl+F highlight.
import { fittedText } from '../layout/fitted-text.js'
import { cellsWidth } from './cells.js'

interface Box {
  readonly group: SVGGElement
  readonly rects: readonly SVGRectElement[]
  readonly label: string
  readonly isFrame: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  text: SVGTextElement | undefined
}

const NAMESPACE = 'http://www.w3.org/2000/svg'
const PADDING = 4
const LEAST_NAMED = 22

function byId<Type extends Element>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`There is no ${id}.`)
}

const number = (element: Element, name: string): number => Number(element.getAttribute(name))
const [reset, search] = [byId('reset', SVGTextElement), byId('search', SVGTextElement)]
const note = byId('note', SVGTextElement)
const usualNote = note.textContent ?? ''
const boxes = [...byId('frames', SVGGElement).children].flatMap((group) =>
  group instanceof SVGGElement ? [boxOf(group)] : [],
)
const frames = boxes.filter(({ isFrame }) => isFrame)
const [left, right] = [Math.min(...frames.map(({ x }) => x)), Math.max(...frames.map(({ x, width }) => x + width))]
const isFlame = frames.some(({ y }) => y < (frames[0]?.y ?? 0))
const root = document.documentElement
root.classList.add('zooms')
search.classList.remove('hidden')

function boxOf(group: SVGGElement): Box {
  const rects = [...group.querySelectorAll('rect')]
  const rect = rects[rects.length - 1]
  const isFrame = group.classList.contains('f')
  const width = number(rect, 'width')
  return {
    group,
    rects,
    isFrame,
    label: group.querySelector('title')?.textContent?.split('\n')[0] ?? '',
    x: number(rect, 'x'),
    y: number(rect, 'y'),
    // Frames are drawn with a gap after them.
    width: isFrame && width > 2 ? width + 1 : width,
    text: group.querySelector('text') ?? undefined,
  }
}

function zoom(from: number, to: number, y: number): void {
  const scale = (right - left) / (to - from)
  const isAll = from <= left && to >= right
  for (const box of boxes) {
    const begin = Math.max(from, box.x)
    const end = Math.min(to, box.x + box.width)
    // Sums were rounded to hundredths of a pixel.
    const isShown = isAll || end - begin > 0.03
    box.group.classList.toggle('hidden', !isShown)
    const isAbove = isFlame ? box.y > y : box.y < y
    box.group.classList.toggle('above', !isAll && isAbove)
    if (isShown) place(box, left + (begin - from) * scale, (end - begin) * scale)
  }
  reset.classList.toggle('hidden', isAll)
}

function place(box: Box, x: number, width: number): void {
  for (const rect of box.rects) {
    rect.setAttribute('x', String(x))
    rect.setAttribute('width', String(Math.max(0.5, box.isFrame && width > 3 ? width - 1 : width)))
  }
  if (!box.isFrame) return
  const text = width < LEAST_NAMED ? '' : fittedText(box.label, width - 2 * PADDING, cellsWidth)
  if (text !== '' && box.text === undefined) {
    box.text = document.createElementNS(NAMESPACE, 'text')
    box.text.setAttribute('y', String(box.y + 12))
    box.group.append(box.text)
  }
  box.text?.setAttribute('x', String(x + PADDING))
  if (box.text !== undefined) box.text.textContent = text
}

/** Highlights what has a text in its name; says how much of the width that is, what lies in two counted once. */
function highlight(wanted: string): void {
  const part = wanted.trim().toLowerCase()
  const matches = (box: Box): boolean => box.isFrame && box.label.toLowerCase().includes(part)
  for (const box of boxes) box.group.classList.toggle('faded', part !== '' && !matches(box))
  if (part === '') {
    note.textContent = usualNote
    return
  }
  const found = boxes.filter(matches).sort((a, b) => a.x - b.x || b.width - a.width)
  let [sum, coveredTo] = [0, -Infinity]
  for (const { x, width } of found) {
    if (x + 0.02 < coveredTo) continue
    sum += width
    coveredTo = x + width
  }
  note.textContent = `"${wanted}": ${found.length} frames, ${((100 * sum) / (right - left)).toFixed(1)}% of the width`
}

const ask = (): void => {
  const wanted = prompt('Highlight functions whose names contain')
  if (wanted !== null) highlight(wanted)
}
for (const { group, x, width, y, isFrame } of boxes) {
  if (isFrame) group.addEventListener('click', () => zoom(x, x + width, y))
}
reset.addEventListener('click', () => zoom(left, right, 0))
search.addEventListener('click', ask)
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') zoom(left, right, 0)
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  ask()
})
