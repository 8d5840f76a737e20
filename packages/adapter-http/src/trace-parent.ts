import { randomBytes } from 'node:crypto'

/** A place in a trace of several services, as W3C's `traceparent` says it. */
export interface TraceParent {
  readonly traceId: string
  readonly spanId: string
  /** Two digits. */
  readonly flags: string
}

// Taken now: a traced program may put another in its place.
const exec = Function.prototype.call.bind(Reflect.get(RegExp.prototype, 'exec') as () => unknown) as (
  pattern: RegExp,
  text: string,
) => RegExpExecArray | null

/** What a header says; undefined where it is none that the standard allows. */
export function readTraceParent(header: unknown): TraceParent | undefined {
  if (typeof header !== 'string') return undefined
  const match = exec(FORMAT, header)
  if (match === null || match[1] === 'ff') return undefined
  const [, version, traceId, spanId, flags, rest] = match
  if ((version === '00' && rest !== '') || traceId === NO_TRACE || spanId === NO_SPAN) return undefined
  return { traceId, spanId, flags }
}

export function traceParentText({ traceId, spanId, flags }: TraceParent): string {
  return `00-${traceId}-${spanId}-${flags}`
}

/** Makes ids that nobody else makes: random ones of the thread, followed by a number. */
export class TraceIds {
  #random: string | undefined
  #given = 0

  /** A span of the same trace, or of a new one. */
  childOf(parent: TraceParent | undefined): TraceParent {
    const spanId = this.#next(8)
    if (parent !== undefined) return { ...parent, spanId }
    return { traceId: this.#next(24), spanId, flags: SAMPLED }
  }

  #next(randomDigits: number): string {
    this.#random ??= randomBytes(12).toString('hex')
    this.#given = (this.#given + 1) >>> 0
    const number = `0000000${this.#given.toString(16)}`
    return this.#random.slice(0, randomDigits) + number.slice(number.length - 8)
  }
}

const FORMAT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(|-.*)$/
const NO_TRACE = '0'.repeat(32)
const NO_SPAN = '0'.repeat(16)
const SAMPLED = '01'
