import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'
import { format, read, traceOf, write, type Slice } from './support/traces.js'

const { cpuprofile } = index

/** What this test asks of a profile. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

describe('cpuprofile()', () => {
  it.each(serializerChecks(cpuprofile()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['cpuprofile'])
    expect(cpuprofile()).toMatchObject({ id: 'cpuprofile', extensions: ['.cpuprofile'] })
  })

  it.each([
    ['{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"', true],
    ['{"head":{"functionName":"(root)","url":""', true],
    ['{"head":{"callFrame":{"functionName":"(root)"},"selfSize":0', false],
    ['{"traceEvents":[]', false],
    ['[{"nodes":[{"functionName":"a"', false],
    ['', false],
  ])('detects %j: %s', (head, expected) => {
    expect(cpuprofile().detect?.(new TextEncoder().encode(head))).toBe(expected)
  })
})

describe('a profile that was written', () => {
  const slices: Slice[] = [
    ['main', 0, 1500],
    ['a', 100, 200],
    ['a', 200, 200],
    ['b', 200, 1400],
    ['a', 1400, 1400],
    ['a', 2000, 2001],
  ]

  it('holds a sample at each begin and end', () => {
    const profile: Profile = JSON.parse(write(traceOf({ main: slices })))
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
    expect(profile.samples.map((id) => names.get(id)).join(' ')).toBe('main a main b a b a b main (idle) a (idle)')
    expect(profile.timeDeltas).toEqual([0, 0.1, 0.1, 0, 0, 0, 1.2, 0, 0, 0.1, 0.5, 0.001])
    expect(profile).toMatchObject({ startTime: 1_234_567_890.123, endTime: 1_234_567_892.124 })
    expect(profile.nodes[2]).toEqual({
      id: 3,
      callFrame: { functionName: 'main', scriptId: '0', url: '/srv/a.js', lineNumber: 2, columnNumber: 4 },
      hitCount: 3,
      children: [4, 5],
    })
  })

  it('is read back with every call, empty ones too, and written the same', async () => {
    const text = write(traceOf({ main: slices }))
    const { trace, warnings } = await read(text)
    expect(warnings).toEqual([])
    expect(format(trace)).toBe(format(traceOf({ main: slices })))
    expect(trace.metadata.originNs).toBe(1_234_567_890_123)
    expect(write(trace)).toBe(text)
  })

  it('keeps times before the zero of the trace', async () => {
    const { trace } = await read(write(traceOf({ main: [['a', -1500, 2]] })))
    expect(format(trace)).toBe('a @-1500+1502')
  })

  it('is of the main thread, and says which others it leaves out', () => {
    const trace = traceOf({
      main: [['m', 0, 1]],
      worker: [
        ['w', 0, 1],
        ['w', 2, 3],
      ],
    })
    expect(write(trace)).toContain('"functionName":"m"')
    expect(cpuprofile().omits?.(trace)[0]).toBe('1 of 2 threads')
  })

  it('is of the thread with the most slices when the main thread has none', () => {
    const trace = traceOf({
      main: [],
      one: [['o', 0, 1]],
      two: [
        ['t', 0, 1],
        ['t', 2, 3],
      ],
    })
    expect(write(trace)).toContain('"functionName":"t"')
  })
})
