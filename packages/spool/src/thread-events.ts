import type { Nanoseconds, SiteIndex, ThreadIndex, TraceBuilder } from '@tracer/core'
import type { Callback } from './event-layout.js'
import type { LoggedEvent } from './event-reader.js'
import type { ThreadClock } from './thread-clock.js'

/** Puts what one thread told besides its calls into the trace. */
export class ThreadEvents {
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #clock: ThreadClock
  /** By number. */
  readonly #names: string[] = []
  /** What spans have in common, by name. */
  readonly #kinds: (SpanKind | undefined)[] = []
  #effects = 0
  readonly #open = new Map<number, OpenSpan>()
  /** Ends of arrows at spans that are open. */
  readonly #flows = new Map<number, string[]>()

  constructor(builder: TraceBuilder, thread: ThreadIndex, clock: ThreadClock) {
    this.#builder = builder
    this.#thread = thread
    this.#clock = clock
  }

  add(event: Exclude<LoggedEvent, { readonly kind: 'left' | 'back' }>): void {
    switch (event.kind) {
      case 'name':
        this.#names[event.name] = event.text
        return
      case 'spanName':
        this.#kinds[event.name] = event
        return
      case 'beginSpan': {
        const { name, id, args, atTicks } = event
        // An id that is used again while it is open belongs to a span whose end was dropped.
        this.#end(id, NaN, undefined, undefined)
        const own = joined(this.#kinds[name]?.args, args)
        this.#open.set(id, { name, args: own, startNs: this.#clock.toNs(atTicks) })
        return
      }
      case 'endSpan':
        this.#end(event.id, this.#clock.toNs(event.atTicks), event.name, event.args)
        return
      case 'endCounted': {
        const args = `{${this.nameOf(event.counted)}:${event.count}}`
        this.#end(event.id, this.#clock.toNs(event.atTicks), undefined, args)
        return
      }
      case 'instant': {
        const { name, atTicks, args } = event
        this.#builder.addInstant(this.#thread, this.#site('instant', name), this.#clock.toNs(atTicks), args)
        return
      }
      case 'sample': {
        const [name, series] = [this.nameOf(event.name), this.nameOf(event.series)]
        this.#builder.addSample(this.#thread, name, series, this.#clock.toNs(event.atTicks), event.value)
        return
      }
      case 'flow':
        this.#builder.addFlow(event.key, this.#thread, this.#clock.toNs(event.atTicks), 'innermost')
        return
      case 'flowNext':
        this.#builder.addFlow(event.key, this.#thread, this.#clock.toNs(event.atTicks), 'next')
        return
      case 'flowBranch':
        this.#builder.addFlowBranch(event.key, this.#thread, this.#clock.toNs(event.atTicks))
        return
      case 'flowSpan':
        this.#flows.set(event.id, [...(this.#flows.get(event.id) ?? []), event.key])
        return
    }
  }

  /** No more events: spans that are open stay so. */
  finish(): void {
    for (const id of [...this.#open.keys()]) this.#end(id, NaN, undefined, undefined)
  }

  /** The name that a span ends with stands, and its arguments add to those it began with. */
  #end(id: number, endNs: Nanoseconds, endName: number | undefined, endArgs: string | undefined): void {
    const span = this.#open.get(id)
    if (span === undefined) return
    this.#open.delete(id)
    const name = endName ?? span.name
    const site = this.#site('async-span', name)
    const args = joined(span.args, endArgs)
    const track = this.nameOf(this.#kinds[name]?.track ?? name)
    const position = this.#builder.addAsyncSlice(this.#thread, site, span.startNs, endNs, args, false, track)
    for (const key of this.#flows.get(id) ?? []) {
      this.#builder.addFlowToAsyncSlice(key, this.#thread, track, position)
    }
    this.#flows.delete(id)
    const callback = this.#kinds[span.name]?.callback ?? 'none'
    if (callback === 'none') return
    const key = `effect ${this.#thread} ${this.#effects++}`
    this.#builder.addFlowToAsyncSlice(key, this.#thread, track, position)
    this.#builder.addFlow(key, this.#thread, span.startNs, callback === 'next' ? 'callback' : 'callback-in-turn')
  }

  #site(kind: 'async-span' | 'instant', name: number): SiteIndex {
    return this.#builder.addSite({ kind, name: this.nameOf(name), file: '', line: 0, column: 0 })
  }

  /** The text that a number stands for. */
  nameOf(name: number): string {
    return this.#names[name] ?? '(unknown)'
  }
}

interface SpanKind {
  readonly track: number
  readonly callback: Callback
  readonly args: string | undefined
}

interface OpenSpan {
  readonly name: number
  readonly args: string | undefined
  readonly startNs: Nanoseconds
}

/** One object of two, as JSON text. */
function joined(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || first === EMPTY) return second ?? first
  if (second === undefined || second === EMPTY) return first
  return `${first.slice(0, -1)},${second.slice(1)}`
}

const EMPTY = '{}'
