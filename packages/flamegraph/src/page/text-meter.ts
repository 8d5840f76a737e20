/** Widths of texts are asked for again and again: with each frame of an animation. */
const MOST_TEXTS = 20_000

/** Measures texts in the font of a context, and remembers. */
export class TextMeter {
  readonly #widths = new Map<string, number>()
  #context: CanvasRenderingContext2D | undefined

  use(context: CanvasRenderingContext2D): void {
    this.#context = context
  }

  widthOf(text: string): number {
    const known = this.#widths.get(text)
    if (known !== undefined) return known
    if (this.#widths.size >= MOST_TEXTS) this.#widths.clear()
    const width = this.#context?.measureText(text).width ?? 0
    this.#widths.set(text, width)
    return width
  }
}
