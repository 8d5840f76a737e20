import { counted, Markup } from '@tracer/text-format'
import type { FlameContent, ViewOptions } from '../view/content.js'
import type { ThemeName } from '../color/palette.js'
import { cutText } from '../layout/fitted-text.js'
import type { Direction } from '../page/geometry.js'
import { xml } from '../svg/xml.js'
import { isDiff } from '../view/flame-view.js'
import { summaryOf } from '../view/summary.js'
import { packed } from './packed-content.js'
import pageScript from './page.js?script'
import { PAGE_STYLE } from './page-style.js'
import { pruned } from './pruned.js'

/** How {@link flamegraphHtml} makes its page. */
export interface HtmlOptions extends ViewOptions {
  /** Heading. */
  readonly title?: string | undefined
  /** What the reader prefers unless given. */
  readonly theme?: ThemeName | undefined
  /** `icicle` unless given. */
  readonly direction?: Direction | undefined
  /** The most paths; those that take longest are in the page: 300,000 unless given. */
  readonly paths?: number | undefined
}

/** What the page starts with. */
export interface PageSettings extends ViewOptions {
  readonly theme: ThemeName | undefined
  readonly direction: Direction
}

const MOST_TITLE = 200

/** A flamegraph as one HTML page that can be zoomed and searched, works offline and asks nobody for anything. */
export async function flamegraphHtml(content: FlameContent, options: HtmlOptions = {}): Promise<string> {
  const { title = 'Flamegraph', direction = 'icicle', paths = 300_000, theme, colorBy, side, change } = options
  const settings: PageSettings = { direction, theme, colorBy, side, change }
  const shown = pruned(content, paths)
  const { texts, columns } = packed(shown)
  const leftOut = lengthOf(content) - lengthOf(shown)
  const heading = cutText(title, MOST_TITLE)
  const note =
    leftOut > 0
      ? xml`<p id="left-out">${counted(leftOut, 'path')} that took least are not in this page.</p>`
      : undefined
  const own = isDiff(content) ? [SIDE_CONTROL, CHANGE_CONTROL] : [COLOR_CONTROL]
  const controls = [...own, DIRECTION_CONTROL, THEME_CONTROL].map((parts) => control(...parts))
  return xml`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading} – Tracer</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<div class="heading"><h1>${heading}</h1>
<p id="facts">${summaryOf(content)}</p>
${note}</div>
<div class="controls" role="group" aria-label="View">
<output id="found" for="search"></output>
<input id="search" type="search" aria-label="Search" placeholder="Search: name, file or /regex/" autocomplete="off" spellcheck="false">
${controls}</div>
</header>
<ul id="legend"></ul>
<main id="graph"></main>
<noscript><p>This page draws itself with a script. An SVG file needs none: tracer flamegraph trace.pftrace -o flame.svg</p></noscript>
<script type="application/json" id="settings">${json(settings)}</script>
<script type="application/json" id="texts">${json(texts)}</script>
<script type="application/octet-stream;base64" id="columns">${new Markup(base64(await gzipped(columns)))}</script>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`.text
}

function lengthOf(content: FlameContent): number {
  return isDiff(content) ? content.diff.length : content.tree.length
}

function control(id: string, label: string, choices: readonly (readonly [value: string, text: string])[]): Markup {
  const options = choices.map(([value, text]) => xml`<option value="${value}">${text}</option>`)
  return xml`<select id="${id}" aria-label="${label}" title="${label}">${options}</select>
`
}

const DIRECTION_CONTROL: Parameters<typeof control> = [
  'direction',
  'Direction',
  [
    ['icicle', 'Icicle'],
    ['flame', 'Flame'],
  ],
]
const COLOR_CONTROL: Parameters<typeof control> = [
  'color',
  'Colours',
  [
    ['', 'Colours by what tells most'],
    ['package', 'Colours by package'],
    ['file', 'Colours by file'],
    ['name', 'Colours by name'],
  ],
]
const THEME_CONTROL: Parameters<typeof control> = [
  'theme',
  'Theme',
  [
    ['', 'System theme'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ],
]
const SIDE_CONTROL: Parameters<typeof control> = [
  'side',
  'Width of frames',
  [
    ['after', 'Width after'],
    ['before', 'Width before'],
  ],
]
const CHANGE_CONTROL: Parameters<typeof control> = [
  'change',
  'Colour of frames',
  [
    ['absolute', 'Change of self time'],
    ['normalised', 'Change, normalised'],
    ['per-call', 'Change per call'],
  ],
]

/** The page may run its own script and style, and ask nobody for anything. */
async function policy(): Promise<string> {
  const [script, style] = await Promise.all([pageScript, PAGE_STYLE].map(hashOf))
  return `default-src 'none'; script-src '${script}'; style-src '${style}'; base-uri 'none'; form-action 'none'`
}

async function hashOf(text: string): Promise<string> {
  return `sha256-${base64(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))}`
}

/** JSON that ends no element, whatever it holds. */
function json(value: PageSettings | object): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'))
}

async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function base64(bytes: Uint8Array): string {
  const pieces: string[] = []
  // Of a length that three divides: the pieces can be put together.
  const LENGTH = 3 * 8192
  for (let at = 0; at < bytes.length; at += LENGTH) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + LENGTH))))
  }
  return pieces.join('')
}
