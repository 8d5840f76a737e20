import { describe, expect, it } from 'vitest'
import { normalise } from '../lib/normalisation.mjs'

describe('normalise', () => {
  it('changes nothing unless told so', () => {
    expect(normalise('done in 5 ms at 2024-01-01T00:00:00Z', [])).toBe('done in 5 ms at 2024-01-01T00:00:00Z')
  })
  it('replaces how long something took and keeps other numbers', () => {
    expect(normalise('✔ 3 of 10 passed (12ms), 1.5 s, a5m', ['durations'])).toBe(
      '✔ 3 of 10 passed (<number>ms), <number> s, a5m',
    )
  })
  it('takes off durations that only slow tests have', () => {
    expect(normalise('a (12 ms)\nb\nc (3ms) (4)', ['optionalDurations'])).toBe('a\nb\nc (4)')
  })
  it('replaces durations whose unit is in the name', () => {
    expect(normalise('duration_ms: 0.61\n{"duration":14.4,"n":1}\n# duration_ms 9', ['durationFields'])).toBe(
      'duration_ms: <number>\n{"duration":<number>,"n":1}\n# duration_ms <number>',
    )
  })
  it('replaces dates, and process ids where they are called so', () => {
    expect(normalise('(node:12) {"pid":34,"at":"2024-01-01T00:00:00.000Z","n":34}', ['dates', 'pids'])).toBe(
      '(node:<pid>) {"pid":<pid>,"at":"<date>","n":34}',
    )
  })
})
