/** What a reader left out or repaired, counted, as one sentence each. */
export class ReadWarnings {
  readonly #counts = new Map<Finding, number>()
  readonly #phases = new Map<string, number>()
  readonly #sentences: string[] = []

  count(finding: Finding, by = 1): void {
    if (by > 0) this.#counts.set(finding, (this.#counts.get(finding) ?? 0) + by)
  }

  /** Counts an event of a phase that has no place in a trace. */
  countPhase(phase: string): void {
    const label = PHASES.get(phase) ?? `Events with the unknown phase ${JSON.stringify(phase)}`
    this.#phases.set(label, (this.#phases.get(label) ?? 0) + 1)
  }

  add(sentence: string): void {
    this.#sentences.push(sentence)
  }

  sentences(): string[] {
    return [
      ...this.#sentences,
      ...[...this.#counts].map(([finding, count]) => `${FINDINGS[finding]}: ${formatCount(count)}.`),
      ...[...this.#phases].map(([label, count]) => `${label} were skipped: ${formatCount(count)}.`),
    ]
  }
}

/** `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

const FINDINGS = {
  notAnEvent: 'Elements that are no trace events were skipped',
  noTime: 'Events without a time (ts) were skipped',
  noDuration: 'Complete events (ph X) without a duration were taken as empty',
  negativeDuration: 'Slices that end before they start were taken as empty',
  unmatchedEnd: 'End events (ph E, e) that close nothing were skipped',
  impliedEnd: 'Slices without an end of their own were ended with the slice around them',
  noAsyncId: 'Async events without an id were skipped',
  noFlowId: 'Flow events (ph s, t, f) without an id were skipped',
  looseFlow: 'Ends of arrows that meet no slice or have no other end were left out',
  notANumber: 'Events with NaN or Infinity, which are no JSON, were read with null in their place',
  noNumber: 'Counter values that are no numbers were skipped',
  overlapping: 'Slices that partly overlap another one on their thread were moved to a track of their own',
} as const

type Finding = keyof typeof FINDINGS

const PHASES = new Map<string, string>([
  ...['N', 'O', 'D'].map((phase): [string, string] => [phase, 'Object events (ph N, O, D)']),
  ...['S', 'T', 'p', 'F'].map((phase): [string, string] => [phase, 'Old async events (ph S, T, p, F)']),
  ...['v', 'V'].map((phase): [string, string] => [phase, 'Memory dumps (ph v, V)']),
  ...['(', ')'].map((phase): [string, string] => [phase, 'Context events (ph (, ))']),
  ['P', 'Samples (ph P)'],
  ['c', 'Clock events (ph c)'],
])
