import { PALETTES, type Palette, type ThemeName } from '../color/palette.js'

/** Classes of the colours that frames can have, by how they are written in a palette. */
export class ColorClasses {
  readonly #classes = new Map<string, { readonly name: string; readonly colorOf: (palette: Palette) => string }>()

  /** The class of a colour. */
  nameOf(colorOf: (palette: Palette) => string): string {
    const key = `${colorOf(PALETTES.light)}${colorOf(PALETTES.dark)}`
    const known = this.#classes.get(key)
    if (known !== undefined) return known.name
    const name = `c${this.#classes.size}`
    this.#classes.set(key, { name, colorOf })
    return name
  }

  /** The style sheet of all colours so far. */
  styleFor(theme: ThemeName | 'auto'): string {
    if (theme !== 'auto') return `:root{color-scheme:${theme}}${this.#rulesFor(PALETTES[theme])}`
    return `:root{color-scheme:light dark}${this.#rulesFor(PALETTES.light)}@media (prefers-color-scheme:dark){${this.#rulesFor(PALETTES.dark)}}`
  }

  #rulesFor(palette: Palette): string {
    const colors = [...this.#classes.values()].map(({ name, colorOf }) => `.${name}{fill:${colorOf(palette)}}`)
    const rules = [
      `.ground{fill:${palette.ground}}`,
      `text{fill:${palette.text}}`,
      `.faint{fill:${palette.faint}}`,
      `.f text{fill:${palette.label}}`,
      `.m rect{fill:${palette.mark}}`,
      `#gone path{stroke:${palette.hatch}}`,
      `.f:hover rect:first-of-type{stroke:${palette.text}}`,
      `.button{fill:${palette.accent}}`,
      ...colors,
    ]
    return rules.join('')
  }
}

export const FIXED_STYLE = [
  'text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}',
  '.title{font:600 15px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}',
  '.sub{font:12px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}',
  '.f text,.legend{pointer-events:none}',
  '.m .below{opacity:.35}',
  '.above{opacity:.6}',
  '.faded{opacity:.25}',
  '.button{cursor:pointer}',
  '.zooms .f{cursor:pointer}',
  '.hidden{display:none}',
].join('')
