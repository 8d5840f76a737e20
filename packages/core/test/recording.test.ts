import { describe, expect, it } from 'vitest'
import { Annotations } from '../src/annotations.js'
import { Recording } from '../src/recording.js'

describe('Recording', () => {
  it('forgets the arguments of records that were overwritten', () => {
    const recording = new Recording(10, { kind: 'overwrite' })
    for (let i = 0; i < 1000; i++) recording.addInstant('i', i, `{"i":${i}}`)
    const { records, annotations } = recording.read()
    expect([...annotations.keys()]).toEqual(Array.from({ length: 10 }, (_, i) => records.firstSequence + i))
  })

  it('keeps no arguments of records that were refused', () => {
    const recording = new Recording(10, { kind: 'refuse' })
    for (let i = 0; i < 1000; i++) recording.addInstant('i', i, `{"i":${i}}`)
    expect(recording.read().annotations.size).toBe(10)
  })
})

describe('Annotations', () => {
  it('holds no more than twice what it has to', () => {
    const annotations = new Annotations()
    for (let sequence = 0; sequence < 1000; sequence++) {
      annotations.add({ sequence, args: '{}', isUnfinished: false })
      annotations.prune(sequence - 9)
      expect(annotations.size).toBeLessThanOrEqual(20)
    }
    expect(annotations.bySequence().size).toBe(10)
  })
})
