import { describe, expect, it } from 'vitest'
import { format, read } from './support/traces.js'

/** A profile whose nodes are given as `name` or `parent/name`, and samples by name with their deltas. */
function profile(nodes: string, samples: string, more: object = {}): object {
  const names = ['(root)', ...nodes.split(' ').map((path) => path.replaceAll('_', ' '))]
  const id = (path: string) => names.indexOf(path.replaceAll('_', ' ')) + 1
  const pairs = samples.split(' ').map((pair) => pair.split('@'))
  return {
    nodes: names.map((path, i) => ({
      id: i + 1,
      callFrame: {
        functionName: path.split('/').at(-1),
        scriptId: '1',
        url: path.startsWith('(') ? '' : 'a.js',
        lineNumber: path.startsWith('(') ? -1 : i,
        columnNumber: i,
      },
      hitCount: 0,
      children: names.flatMap((other, k) =>
        (other.includes('/') ? other.slice(0, other.lastIndexOf('/')) : k === 0 ? '' : '(root)') === path
          ? [k + 1]
          : [],
      ),
    })),
    startTime: 1000,
    endTime: 1100,
    samples: pairs.map(([name]) => id(name)),
    timeDeltas: pairs.map(([, delta]) => Number(delta)),
    ...more,
  }
}

describe('samples of V8', () => {
  it.each([
    [
      'go on from one to the next',
      'a a/b a/c',
      'a@10 a/b@10 a/b@10 a/c@10 a@10',
      'a @10000+90000\n  b @20000+20000\n  c @40000+10000',
    ],
    ['end where nothing runs', 'a (idle)', 'a@0 (idle)@10 a@10 (idle)@10', 'a @0+10000\na @20000+10000'],
    [
      'go on over native code within the same outermost call',
      'a a/b (program)',
      'a/b@0 (program)@10 a@10',
      'a @0+100000\n  b @0+20000',
    ],
    [
      'end at native code between different calls',
      'a c (program)',
      'a@0 (program)@10 c@10',
      'a @0+10000\nc @20000+80000',
    ],
    [
      'have garbage collection on top',
      'a a/b (garbage_collector)',
      'a/b@0 (garbage_collector)@10 a/b@5',
      'a @0+100000\n  b @0+100000\n    (garbage collector) @10000+5000',
    ],
    [
      'have garbage collection alone where nothing ran',
      '(garbage_collector) (idle)',
      '(garbage_collector)@0 (idle)@10',
      '(garbage collector) @0+10000',
    ],
  ])('%s', async (_, nodes, samples, lines) => {
    const { trace, warnings } = await read(profile(nodes, samples))
    expect(warnings).toEqual([])
    expect(format(trace)).toBe(lines)
  })

  it('count lines and columns from 0', async () => {
    const { trace } = await read(profile('a', 'a@0'))
    expect(trace.sites.find(({ name }) => name === 'a')).toEqual({
      kind: 'function',
      name: 'a',
      file: 'a.js',
      line: 2,
      column: 2,
    })
    expect(trace.sites.find(({ name }) => name === '(root)')).toMatchObject({ line: 0 })
  })

  it('that go back in time are moved up, with a warning', async () => {
    const { trace, warnings } = await read(profile('a b', 'a@10 b@-5 a@20'))
    expect(format(trace)).toBe('a @10000+0\nb @10000+15000\na @25000+75000')
    expect(warnings).toEqual(['Samples before the one that came before were moved up to it: 1.'])
  })

  it('of unknown nodes, or without a time, are skipped with a warning', async () => {
    const { warnings } = await read(profile('a', 'a@1 x@1 a@1', { timeDeltas: [1, 1] }))
    expect(warnings).toEqual([
      'Samples of unknown nodes were skipped: 1.',
      'Samples without a time, or times without a sample, were skipped: 1.',
    ])
  })
})

describe('a file that is none', () => {
  it.each([
    ['', 'the file is empty'],
    ['{}', 'byte 0 does not begin an object with "nodes" and "samples"'],
    ['[]', 'byte 0 does not begin'],
    ['{"nodes":[],"samples":[]}', 'byte 0 does not begin'],
    ['{"nodes":[{"id":1}],"samples":[1,1]}', 'it has 2 samples, and no time (timeDeltas) of any'],
    [
      '{"nodes":[{"id":1,"children":[2]},{"id":2,"children":[1]}],"samples":[1],"timeDeltas":[1]}',
      'a node of the profile is among its own callers',
    ],
    [
      '{"nodes":[{"id":1,"children":[1]}],"samples":[1],"timeDeltas":[1]}',
      'a node of the profile is among its own callers',
    ],
    ['hello', 'no JSON from byte 0 on'],
  ])('such as %j is refused', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'NOT_A_TRACE', message: expect.stringContaining(message) })
  })

  it('but begins as one gives what is whole of it', async () => {
    const text = JSON.stringify(profile('a', 'a@1 a@1 a@1'))
    const { trace, warnings } = await read(text.slice(0, text.indexOf('"timeDeltas":[1,1') + 17))
    expect(format(trace)).toContain('a @1000')
    expect(warnings[0]).toMatch(/^The file was cut short at byte \d+/)
  })
})

it('a tree of 100,000 levels is read', async () => {
  const length = 100_000
  const nodes = Array.from({ length }, (_, i) => ({ id: i, callFrame: { functionName: `f${i}` }, children: [i + 1] }))
  const { trace } = await read({ nodes, samples: [length - 1], timeDeltas: [1], startTime: 0, endTime: 5 })
  expect(trace.tracks[0]).toMatchObject({ slices: { length } })
})

it('a small file that asks for twenty million calls is read as far as the memory goes', async () => {
  const [levels, samples] = [2000, 20_000]
  const deep = Array.from({ length: levels }, (_, i) => ({
    id: i,
    callFrame: { functionName: `f${i}` },
    children: i + 1 < levels ? [i + 1] : [],
  }))
  const { trace, warnings } = await read({
    nodes: [...deep, { id: levels, callFrame: { functionName: 'other' } }],
    samples: Array.from({ length: samples }, (_, i) => (i % 2 === 0 ? levels - 1 : levels)),
    timeDeltas: Array.from({ length: samples }, () => 1),
    startTime: 0,
    endTime: samples,
  })
  const [track] = trace.tracks
  const slices = track.kind === 'thread' ? track.slices.length : 0
  expect(slices).toBeGreaterThan(5_000_000)
  expect(slices).toBeLessThan(5_300_000)
  expect(warnings).toEqual([
    expect.stringMatching(/^Samples whose calls would have filled the memory were not read: 14,\d{3}\.$/),
  ])
})
