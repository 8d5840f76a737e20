import type { Insertions } from '@tracer/instrument'

/** One module's text as it runs, and the way back to what the program's author or loader wrote. */
export class InstrumentedText {
  readonly code: string
  /** Whether a source map of its own leads all the way back. */
  readonly isMapped: boolean
  readonly #insertions: Insertions
  /** Offsets at which the lines of `code` begin; made when it is first asked for a column. */
  #lineStarts: readonly number[] | undefined
  /** How much was inserted before each insertion; made when it is first asked for an offset. */
  #insertedBefore: Int32Array | undefined
  #originalCode: string | undefined

  constructor(code: string, insertions: Insertions, isMapped = false) {
    this.code = code
    this.isMapped = isMapped
    this.#insertions = insertions
  }

  /** Column of the text as it was, from 1, for a position of the text that runs, both from 1. */
  originalColumn(line: number, column: number): number {
    this.#lineStarts ??= lineStartsOf(this.code)
    const lineStart = this.#lineStarts[line - 1]
    if (lineStart === undefined) return column
    return this.originalOffset(lineStart + column - 1) - this.originalOffset(lineStart) + 1
  }

  /** A line of the text as it was, from 1; undefined when there are fewer. */
  originalLine(line: number): string | undefined {
    this.#lineStarts ??= lineStartsOf(this.code)
    const start = this.#lineStarts[line - 1]
    if (start === undefined) return undefined
    const end = this.#lineStarts[line] ?? this.code.length
    return this.#originalBetween(start, end).replace(/[\r\n\u2028\u2029]+$/, '')
  }

  /**
   * A piece of `code`, such as a function's text, without what was inserted into it; undefined when it is none.
   * Types may have been blanked out of the piece, which moves nothing: `landmark` is a text that both hold once.
   */
  original(piece: string, landmark: string): string | undefined {
    const place = this.code.indexOf(landmark)
    const start = place - piece.indexOf(landmark)
    return place !== -1 && start >= 0 && this.#holdsInsertions(piece, start) ? this.#without(piece, start) : undefined
  }

  /** The same for a piece that no landmark tells from others: wherever it stands, it was the same. */
  withoutProbes(piece: string): string | undefined {
    const escaped = piece.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
    const place = this.code.search(new RegExp(escaped.replaceAll(' ', '.')))
    return place === -1 ? undefined : this.#without(piece, place)
  }

  #holdsInsertions(running: string, start: number): boolean {
    const { offset, length } = this.#insertions
    for (let i = this.#firstAtOrAfter(start); i < offset.length && offset[i] < start + running.length; i++) {
      // What closes the function around a piece can be part of the same insertion.
      const end = Math.min(offset[i] + length[i], start + running.length)
      if (!running.startsWith(this.code.slice(offset[i], end), offset[i] - start)) return false
    }
    return true
  }

  #originalBetween(start: number, end: number): string {
    return this.#without(this.code.slice(start, end), start)
  }

  /** What runs from `start` on, without the insertions. */
  #without(running: string, start: number): string {
    const { offset, length } = this.#insertions
    let text = ''
    let at = 0
    for (let i = this.#firstAtOrAfter(start); i < offset.length && offset[i] < start + running.length; i++) {
      text += running.slice(at, offset[i] - start)
      at = offset[i] - start + length[i]
    }
    return text + running.slice(at)
  }

  /** The text as it was. */
  get originalCode(): string {
    return (this.#originalCode ??= this.#originalBetween(0, this.code.length))
  }

  /** What was inserted at a place of the text that runs, from there on; empty in the text as it was. */
  insertedFrom(place: number): string {
    const { offset, length } = this.#insertions
    const next = this.#firstAtOrAfter(place)
    const i = offset[next] === place ? next : next - 1
    return i < 0 ? '' : this.code.slice(place, Math.max(place, offset[i] + length[i]))
  }

  /** Offset of the text as it was; a place within an insertion counts as the place of the insertion. */
  originalOffset(generated: number): number {
    const { offset, length } = this.#insertions
    this.#insertedBefore ??= sumsBefore(length)
    const next = this.#firstAtOrAfter(generated)
    if (next === 0) return generated
    const last = next - 1
    return generated - this.#insertedBefore[last] - Math.min(length[last], generated - offset[last])
  }

  #firstAtOrAfter(place: number): number {
    const { offset } = this.#insertions
    let low = 0
    let high = offset.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (offset[middle] < place) low = middle + 1
      else high = middle
    }
    return low
  }
}

function sumsBefore(lengths: Int32Array): Int32Array {
  let sum = 0
  return lengths.map((length) => (sum += length) - length)
}

/** Lines as V8 counts them. */
function lineStartsOf(code: string): number[] {
  const starts = [0]
  for (const { 0: end, index } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length)
  return starts
}
