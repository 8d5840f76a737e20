import type { Ticks } from './units.js'

/** A span that has begun, with its arguments as they were then: JSON text of an object. */
export interface OpenSpan {
  readonly name: string
  readonly start: Ticks
  readonly args: string | undefined
}

/**
 * The spans that are open on a thread: a stack of those that nest, and a set of those that do not.
 * It decides which spans may become slices of the thread, so that these never partly overlap.
 *
 * ```
 * nested    a > b > c         closing c: a slice; closing b first: b overlaps c, so it moves out;
 * detached  { d, e }          closing the call b: whatever was opened in it and left open moves out
 * ```
 */
export class OpenSpans {
  readonly #nested: OpenSpan[] = []
  readonly #detached = new Set<OpenSpan>()

  open(span: OpenSpan): void {
    this.#nested.push(span)
  }

  /** Hot: closes a span that encloses all that was opened after it; false when it was not open any more. */
  closeCall(span: OpenSpan): boolean {
    const nested = this.#nested
    if (nested[nested.length - 1] === span) {
      nested.pop()
      return true
    }
    return this.#closeCovered(span)
  }

  /** Closes a span wherever it stands and says what it was; undefined when it was not open any more. */
  close(span: OpenSpan): 'nested' | 'detached' | undefined {
    const nested = this.#nested
    if (nested[nested.length - 1] === span) {
      nested.pop()
      return 'nested'
    }
    this.detach(span)
    return this.#detached.delete(span) ? 'detached' : undefined
  }

  /** Lets an open span overlap others from now on. */
  detach(span: OpenSpan): void {
    const position = this.#nested.lastIndexOf(span)
    if (position === -1) return
    this.#nested.splice(position, 1)
    this.#detached.add(span)
  }

  /** Forgets all. */
  clear(): void {
    this.#nested.length = 0
    this.#detached.clear()
  }

  /** The spans that nest, innermost first. */
  nested(): readonly OpenSpan[] {
    return this.#nested.slice().reverse()
  }

  /** The spans that may overlap, in the order in which they were detached. */
  detached(): readonly OpenSpan[] {
    return [...this.#detached]
  }

  #closeCovered(span: OpenSpan): boolean {
    const position = this.#nested.lastIndexOf(span)
    if (position === -1) return false
    for (const left of this.#nested.splice(position).slice(1)) this.#detached.add(left)
    return true
  }
}
