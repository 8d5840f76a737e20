// What the page of `flamegraphHtml` runs.
import { counted, percent } from '@tracer/text-format'
import { COLOR_BY } from '../color/categories.js'
import { PALETTES, type ThemeName } from '../color/palette.js'
import { element } from '../page/element.js'
import { Flamegraph } from '../page/flamegraph.js'
import { DIRECTIONS } from '../page/geometry.js'
import { matcherOf } from '../tree/search.js'
import { CHANGE_KINDS, DIFF_SIDES, type FlameContent } from '../view/content.js'
import type { PageSettings } from './flamegraph-html.js'
import { unpacked, type PackedTexts } from './packed-content.js'

// Both texts of the page were written by `flamegraphHtml`.
const settings = JSON.parse(textOf('settings')) as PageSettings
const graph = new Flamegraph(byId('graph', HTMLElement), { ...settings, onSide: showSide })
const search = byId('search', HTMLInputElement)

function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`The page has no ${id}.`)
}

function textOf(id: string): string {
  return byId(id, HTMLElement).textContent ?? ''
}

async function contentOfPage(): Promise<FlameContent> {
  const texts = JSON.parse(textOf('texts')) as PackedTexts
  const bytes = Uint8Array.from(atob(textOf('columns')), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return unpacked({ texts, columns: new Uint8Array(await new Response(stream).arrayBuffer()) })
}

/** Sets up a choice, when the page has it; `apply` is given one of `choices`, or undefined for the first entry. */
function listen<Choice extends string>(
  id: string,
  choices: readonly Choice[],
  initial: Choice | undefined,
  apply: (choice: Choice | undefined) => void,
): void {
  const select = document.getElementById(id)
  if (!(select instanceof HTMLSelectElement)) return
  if (initial !== undefined) select.value = initial
  select.addEventListener('change', () => apply(choices.find((choice) => choice === select.value)))
}

function showSide(side: string): void {
  byId('side', HTMLSelectElement).value = side
  showLegend()
}

function showTheme(theme: ThemeName | undefined): void {
  if (theme === undefined) delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  graph.theme = theme
  showLegend()
}

function showLegend(): void {
  const palette = PALETTES[graph.theme]
  const entries = (graph.legend?.entries ?? []).map(({ name, colorOf, isHatched }) => {
    const sample = element('i')
    sample.style.background =
      isHatched === true
        ? `repeating-linear-gradient(135deg, ${colorOf(palette)} 0 3px, ${palette.hatch} 3px 4px)`
        : colorOf(palette)
    return element('li', {}, sample, name)
  })
  byId('legend', HTMLElement).replaceChildren(...entries)
}

function showFound(): void {
  const found = graph.search(matcherOf(search.value))
  const text = found && `${percent(found.share)} in ${counted(found.functions, 'function')}`
  byId('found', HTMLElement).textContent = text ?? (search.value.trim() === '' ? '' : 'not finished')
}

/** Settings that change colours change what they mean. */
function changing<Choice>(apply: (choice: Choice) => void): (choice: Choice) => void {
  return (choice) => {
    apply(choice)
    showLegend()
  }
}

async function start(): Promise<void> {
  const content = await contentOfPage()
  graph.show(content)
  showTheme(settings.theme)
  listen('theme', ['light', 'dark'] as const, settings.theme, showTheme)
  listen('direction', DIRECTIONS, settings.direction, (direction = 'icicle') => (graph.direction = direction))
  listen(
    'color',
    COLOR_BY,
    settings.colorBy,
    changing((by) => (graph.colorBy = by)),
  )
  listen(
    'side',
    DIFF_SIDES,
    settings.side,
    changing((side = 'after') => (graph.side = side)),
  )
  listen(
    'change',
    CHANGE_KINDS,
    settings.change,
    changing((kind = 'absolute') => (graph.change = kind)),
  )
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showLegend)
  search.addEventListener('input', showFound)
  // A page that is gone back to has its old text in the box.
  showFound()
}

addEventListener('keydown', (event) => {
  const isFind = event.key === '/' || (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey))
  if (!isFind || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  search.focus()
  search.select()
})

start().catch((error: unknown) => {
  byId('facts', HTMLElement).textContent = `The flamegraph in this page cannot be read: ${String(error)}`
})
