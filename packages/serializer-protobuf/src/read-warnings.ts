/** What a reader left out or repaired, counted, as one sentence each. */
export class ReadWarnings {
  readonly #counts = new Map<Finding, number>()
  readonly #kinds = new Map<number, number>()
  readonly #sentences: string[] = []

  count(finding: Finding, by = 1): void {
    if (by > 0) this.#counts.set(finding, (this.#counts.get(finding) ?? 0) + by)
  }

  /** Counts a packet of a kind that has no place in a trace, by the number of its field. */
  countKind(field: number): void {
    this.#kinds.set(field, (this.#kinds.get(field) ?? 0) + 1)
  }

  add(sentence: string): void {
    this.#sentences.push(sentence)
  }

  sentences(): string[] {
    const kinds = [...this.#kinds]
      .sort(([a], [b]) => a - b)
      .map(([field, count]) => `${formatCount(count)} of field ${field}`)
    return [
      ...this.#sentences,
      ...[...this.#counts].map(([finding, count]) => `${FINDINGS[finding]}: ${formatCount(count)}.`),
      ...(kinds.length === 0 ? [] : [`Packets that hold no track events were skipped: ${kinds.join(', ')}.`]),
    ]
  }
}

/** `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

const FINDINGS = {
  malformed: 'Packets that are no messages were skipped',
  packetsLost: 'Places where the producer itself lost packets',
  noState: 'Packets that rely on packets the file does not have were skipped',
  noTrack: 'Tracks that are described in a part of the file that is not here were skipped',
  noInterned: 'Events whose name is a number that the file does not explain',
  noTime: 'Events without a time were skipped',
  unknownClock: 'Events on a clock that the file does not relate to the others were skipped',
  unknownType: 'Events of an unknown kind were skipped',
  noCounter: 'Counter events without a value or a track were skipped',
  unmatchedEnd: 'Ends of slices that never began were skipped',
  unmatchedFlow: 'Ends of arrows that meet no slice were skipped',
  overlapping: 'Slices that partly overlap another one on their thread were moved to a track of their own',
  notInflated: 'Compressed packets that could not be unpacked were skipped',
  states: 'Events of state tracks were skipped',
  cycle: 'Tracks that are their own ancestors were taken as roots',
} as const

export type Finding = keyof typeof FINDINGS
