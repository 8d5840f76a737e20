import { describe, expect, it } from 'vitest'
import { compareOutcomes } from '../lib/comparison.mjs'
import { outcome } from './outcome.js'

describe('compareOutcomes', () => {
  it('finds nothing in runs that are the same', () => {
    expect(compareOutcomes(outcome({ files: { a: 'x' } }), outcome({ files: { a: 'x' }, durationMs: 9 }), [])).toEqual(
      [],
    )
  })
  it('finds another exit code', () => {
    expect(compareOutcomes(outcome({}), outcome({ ending: 'SIGSEGV' }), [])).toEqual([
      { what: 'ending', difference: 'exit 0 bare, SIGSEGV traced' },
    ])
  })
  it('finds another order on stdout, and another stderr', () => {
    const [bare, traced] = [outcome({ stdout: 'a\nb\n' }), outcome({ stdout: 'b\na\n', stderr: 'warning' })]
    expect(compareOutcomes(bare, traced, []).map(({ what }) => what)).toEqual(['stdout', 'stderr'])
  })
  it('finds files that changed, are missing or new', () => {
    const [bare, traced] = [outcome({ files: { a: '1', b: '' } }), outcome({ files: { a: '2', c: '' } })]
    expect(compareOutcomes(bare, traced, []).map(({ what, difference }) => [what, difference.split('\n')[0]])).toEqual([
      ['file a', 'line 1, column 1; 1 lines bare, 1 traced'],
      ['file b', 'missing when traced'],
      ['file c', 'only when traced'],
    ])
  })
  it('compares files that are no text byte by byte', () => {
    const [bare, traced] = [outcome({ files: { a: Buffer.of(255) } }), outcome({ files: { a: Buffer.of(254) } })]
    expect(compareOutcomes(bare, traced, [])).toEqual([
      { what: 'file a', difference: '1 bytes bare, 1 traced, not the same' },
    ])
  })
  it('leaves out what a job normalises, in output and files', () => {
    const [bare, traced] = [
      outcome({ stdout: '1 ms', files: { a: '2 s' } }),
      outcome({ stdout: '3 ms', files: { a: '4 s' } }),
    ]
    expect(compareOutcomes(bare, traced, ['durations'])).toEqual([])
  })
})
