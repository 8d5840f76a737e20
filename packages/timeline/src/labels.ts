/** A name and where it may stand. CSS pixels. */
export interface Label {
  readonly name: string
  /** Shown behind the name where there is room; NaN for what has none. */
  readonly durationNs: number
  readonly left: number
  readonly right: number
  /** Of its height. */
  readonly middle: number
  readonly isDimmed: boolean
  /** What it stands on: a slice, or the background, where it may be faint. */
  readonly tone: 'slice' | 'ground' | 'faint'
}

const DOTS = '…'
/** Fewer letters of a name than these say nothing. */
const LEAST_LETTERS = 3

/** Cuts texts to a width, with each character measured once. */
export class TextFitter {
  readonly #measure: (text: string) => number
  readonly #widths = new Map<string, number>()

  constructor(measure: (text: string) => number) {
    this.#measure = measure
  }

  /** The text, or its beginning with dots, or '' when too little of it has room. */
  fit(text: string, width: number): string {
    const dots = this.#widthOf(DOTS)
    let used = 0
    let end = 0
    let cut = 0
    for (const character of text) {
      used += this.#widthOf(character)
      if (used > width) return cut < LEAST_LETTERS ? '' : text.slice(0, cut) + DOTS
      end += character.length
      if (used + dots <= width) cut = end
    }
    return text
  }

  /** How wide a text is that fitted; long ones are not for this. */
  widthOf(text: string): number {
    let width = 0
    for (const character of text) width += this.#widthOf(character)
    return width
  }

  #widthOf(character: string): number {
    let width = this.#widths.get(character)
    if (width === undefined) this.#widths.set(character, (width = this.#measure(character)))
    return width
  }
}
