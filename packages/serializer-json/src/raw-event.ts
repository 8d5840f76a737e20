/** The fields of a trace event that are looked at, as `JSON.parse` gives them: anything may be in them. */
export interface RawEvent {
  readonly ph?: unknown
  readonly name?: unknown
  readonly cat?: unknown
  readonly ts?: unknown
  readonly dur?: unknown
  readonly tdur?: unknown
  readonly pid?: unknown
  readonly tid?: unknown
  readonly id?: unknown
  readonly id2?: unknown
  readonly args?: unknown
  readonly bp?: unknown
  readonly bind_id?: unknown
  readonly flow_in?: unknown
  readonly flow_out?: unknown
  readonly site?: unknown
  readonly run?: unknown
  readonly open?: unknown
  readonly depth?: unknown
  readonly track?: unknown
  readonly series?: unknown
  readonly value?: unknown
  readonly slice?: unknown
  readonly at?: unknown
}

export function isRawEvent(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null
}

/** A finite number, also one that is written as text; undefined for all else. */
export function finiteNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback
}

export function integerOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isInteger(value) ? value : fallback
}

/** What pairs async events: an id, alone or with its scope. Undefined when the event has none. */
export function asyncKey(event: RawEvent, pid: number): string | undefined {
  if (typeof event.id === 'string' || typeof event.id === 'number') return JSON.stringify([event.cat, event.id])
  if (typeof event.id2 !== 'object' || event.id2 === null) return undefined
  if ('local' in event.id2) return JSON.stringify([event.cat, event.id2.local, pid])
  return 'global' in event.id2 ? JSON.stringify([event.cat, event.id2.global]) : undefined
}
