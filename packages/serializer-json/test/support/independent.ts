/** One event as plain `JSON.parse` gives it, and its times as exact integers of nanoseconds. */
export interface PlainEvent {
  readonly line: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly startNs: bigint
  readonly durationNs: bigint
}

/** Reads what the writer wrote with nothing of ours: lines, `JSON.parse`, and the digits of the times. */
export function plainEvents(text: string): PlainEvent[] {
  const whole: unknown = JSON.parse(text)
  if (!Array.isArray(whole)) throw new Error('not an array')
  const lines = text.split('\n')
  if (lines[0] !== '[' || lines.at(-1) !== '' || lines.at(-2) !== ']') throw new Error('not one event a line')
  const events = lines.slice(1, -2).map((line, i, all) => {
    if (line.endsWith(',') !== i < all.length - 1) throw new Error(`separator of line ${i + 2}`)
    const bare = line.replace(/,$/, '')
    const fields: Readonly<Record<string, unknown>> = JSON.parse(bare)
    return { line: bare, fields, startNs: exactNs(bare, 'ts'), durationNs: exactNs(bare, 'dur') }
  })
  if (whole.length !== events.length) throw new Error('more events than lines')
  return events
}

/** A time by its digits: the number itself would be rounded. */
function exactNs(line: string, field: string): bigint {
  // Names hold no bare quote, so this is the field and not a part of a name.
  const match = new RegExp(`,"${field}":(-?)(\\d+)\\.(\\d{3})[,}]`).exec(line)
  if (match === null) return 0n
  const ns = BigInt(match[2] + match[3])
  return match[1] === '-' ? -ns : ns
}

/** Nests complete events as importers do, per pid and tid. @throws when two overlap in part or are out of order. */
export function nestingDepths(events: readonly PlainEvent[]): Map<string, number[]> {
  const depths = new Map<string, number[]>()
  const open = new Map<string, bigint[]>()
  const last = new Map<string, PlainEvent>()
  for (const event of events.filter(({ fields }) => fields['ph'] === 'X')) {
    const key = `${String(event.fields['pid'])}/${String(event.fields['tid'])}`
    const ends = open.get(key) ?? []
    const end = event.startNs + event.durationNs
    const before = last.get(key)
    if (before !== undefined) {
      if (event.startNs < before.startNs) throw new Error(`starts before the line above: ${event.line}`)
      if (event.startNs === before.startNs && event.durationNs > before.durationNs && before.durationNs > 0n) {
        throw new Error(`a parent after its child: ${event.line}`)
      }
    }
    while (ends.length > 0 && (ends[ends.length - 1] < event.startNs || isBeside(ends[ends.length - 1], event))) {
      ends.pop()
    }
    if (ends.length > 0 && end > ends[ends.length - 1]) throw new Error(`ends after its parent: ${event.line}`)
    depths.set(key, [...(depths.get(key) ?? []), ends.length])
    ends.push(end)
    open.set(key, ends)
    last.set(key, event)
  }
  return depths
}

function isBeside(parentEnd: bigint, event: PlainEvent): boolean {
  return parentEnd === event.startNs && event.durationNs > 0n
}
