import { MINIMAP_HEIGHT, RULER_HEIGHT } from './overview.js'
import { STYLE } from './style.js'
import type { Theme } from './theme.js'

const HELP =
  'A and D move through time, W and S zoom. With a slice selected, left and right go to the slice beside it, up to the one around it, down into it. ' +
  'F shows the selection, M measures it, 0 shows everything. Square brackets follow arrows to cause and effect. Enter selects what is in the middle, Escape selects nothing. ' +
  'The list of tracks stands before: arrow keys move in it, left and right fold and unfold, P pins, Alt with up or down moves a track.'

/** The elements of a timeline, in a shadow root so that the page's style and theirs leave each other alone. */
export class Stage {
  readonly root: HTMLElement
  readonly filter: HTMLInputElement
  readonly base: HTMLElement
  readonly overview: HTMLCanvasElement
  readonly scroller: HTMLElement
  readonly spacer: HTMLElement
  readonly sticky: HTMLElement
  readonly headers: HTMLElement
  /** What has the focus while the keyboard moves through time. */
  readonly surface: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly live: HTMLElement
  readonly empty: HTMLElement
  readonly #holder: HTMLElement

  constructor(host: HTMLElement) {
    this.#holder = host.appendChild(document.createElement('div'))
    this.#holder.style.cssText = 'width:100%;height:100%;min-height:0;position:relative'
    const shadow = this.#holder.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    shadow.adoptedStyleSheets = [sheet]
    this.root = shadow.appendChild(element('div', 'timeline'))

    const corner = this.root.appendChild(element('div', 'corner'))
    this.filter = corner.appendChild(element('input', 'filter'))
    this.filter.type = 'search'
    this.filter.placeholder = 'Filter tracks'
    this.filter.setAttribute('aria-label', 'Filter tracks by name')
    this.base = corner.appendChild(element('div', 'base'))
    this.overview = this.root.appendChild(element('canvas', 'overview'))
    this.overview.setAttribute('aria-hidden', 'true')

    this.scroller = this.root.appendChild(element('div', 'scroller'))
    this.sticky = this.scroller.appendChild(element('div', 'sticky'))
    this.spacer = this.scroller.appendChild(element('div', 'spacer'))
    this.headers = this.sticky.appendChild(element('div', 'headers'))
    this.headers.setAttribute('role', 'tree')
    this.headers.setAttribute('aria-label', 'Tracks')
    this.surface = this.sticky.appendChild(element('div', 'surface'))
    this.surface.tabIndex = 0
    this.surface.setAttribute('role', 'application')
    this.surface.setAttribute('aria-label', 'Timeline')
    this.surface.setAttribute('aria-roledescription', 'timeline')
    this.canvas = this.surface.appendChild(element('canvas', 'rows'))
    this.empty = this.surface.appendChild(element('p', 'empty'))

    const help = this.root.appendChild(element('p', 'unseen'))
    help.id = 'help'
    help.textContent = HELP
    this.surface.setAttribute('aria-describedby', 'help')
    this.live = this.root.appendChild(element('div', 'unseen live'))
    this.live.setAttribute('aria-live', 'polite')
    this.live.setAttribute('role', 'status')
  }

  setTheme(theme: Theme): void {
    const { style } = this.root
    this.root.dataset['theme'] = theme.name
    for (const name of ['background', 'band', 'panel', 'line', 'text', 'faint', 'accent'] as const) {
      style.setProperty(`--${name}`, theme[name])
    }
    style.setProperty('color-scheme', theme.name)
  }

  /** Says something to a screen reader. */
  say(text: string): void {
    if (this.live.textContent !== text) this.live.textContent = text
  }

  remove(): void {
    this.#holder.remove()
  }
}

/** Gives a canvas the size it is shown at, in device pixels. Returns whether that changed. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): boolean {
  const [deviceWidth, deviceHeight] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))]
  if (canvas.width === deviceWidth && canvas.height === deviceHeight) return false
  canvas.width = deviceWidth
  canvas.height = deviceHeight
  canvas.style.width = `${deviceWidth / ratio}px`
  canvas.style.height = `${deviceHeight / ratio}px`
  return true
}

export const OVERVIEW_HEIGHT = MINIMAP_HEIGHT + RULER_HEIGHT

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  made.className = className
  return made
}
