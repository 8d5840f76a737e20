import { TraceBuilder, type Trace } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'

const { firefox } = index

describe('firefox()', () => {
  it.each(serializerChecks(firefox()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['firefox'])
    expect(firefox()).toMatchObject({ id: 'firefox', extensions: ['.firefox.json'] })
  })

  it('says what it leaves out', () => {
    const trace = traceOf((builder, thread) => {
      builder.setArgs(thread, builder.addSlice(thread, fn(builder, 'a'), 0, 10), '{"a":1}')
      builder.addSlice(thread, fn(builder, 'b'), 5, 5)
      builder.addSample(thread, 'queue', 'length', 0, 1)
    })
    expect(firefox().omits?.(trace)).toEqual([
      'how often functions were called',
      '1 slices of no length',
      'arguments of 1 slices of threads',
      '1 counter',
      'command lines of 1 processes',
    ])
  })
})

describe('a profile that was written', () => {
  it('begins with its meta, by which it is recognized', () => {
    const text = write(traceOf(() => undefined))
    expect(text).toMatch(/^\{"meta":\{/)
    expect(JSON.parse(text).meta).toMatchObject({
      preprocessedProfileVersion: 57,
      startTime: 1_700_000_000_123,
      importedFrom: 'test',
      product: 'node',
    })
  })

  it('has a sample for each stretch of time, with its stack and its length', () => {
    const profile = parsed(
      traceOf((builder, thread) => {
        builder.addSlice(thread, fn(builder, 'main'), 0, 10_000_000)
        builder.addSlice(thread, fn(builder, 'a'), 1_000_000, 3_500_000)
        builder.addSlice(thread, fn(builder, 'empty'), 3_500_000, 3_500_000)
        builder.addSlice(thread, fn(builder, 'main'), 12_000_000, 12_000_001)
      }),
    )
    expect(profile.samples(0)).toEqual(['main 0+1', 'main>a 1+2.5', 'main 3.5+6.5', '- 10+2', 'main 12+0.000001'])
    expect(profile.threads[0].samples.weightType).toBe('tracing-ms')
  })

  it('has the positions of functions', () => {
    const { threads, shared } = parsed(
      traceOf((builder, thread) => void builder.addSlice(thread, fn(builder, 'main'), 0, 1)),
    )
    const { funcTable, frameTable } = threads[0]
    expect(shared.stringArray[funcTable.name[0]]).toBe('main')
    expect(shared.stringArray[funcTable.fileName[0]]).toBe('/srv/a.js')
    expect([funcTable.lineNumber[0], funcTable.columnNumber[0]]).toEqual([3, 5])
    expect([frameTable.func[0], frameTable.line[0], frameTable.column[0], frameTable.category[0]]).toEqual([0, 3, 5, 1])
  })

  it('has threads with the numbers and names of their processes', () => {
    const { threads } = parsed(
      traceOf((builder) => {
        builder.addThread({ process: 0, tid: 8, name: '' })
      }),
    )
    expect(threads[0]).toMatchObject({ pid: '7', tid: 7, name: 'main', processName: 'node', isMainThread: true })
    expect(threads[1]).toMatchObject({ pid: '7', tid: 8, name: 'thread 8', isMainThread: false })
  })

  it('has instants and async slices as markers', () => {
    const { threads, shared, meta } = parsed(
      traceOf((builder, thread) => {
        builder.addInstant(thread, builder.addSite(site('tick', 'instant')), 1_500_000, '{"k":1}')
        builder.addAsyncSlice(thread, builder.addSite(site('job', 'async-span')), 2_000_000, 5_000_000)
      }),
    )
    const { markers } = threads[0]
    expect(markers.name.map((name: number) => shared.stringArray[name])).toEqual(['tick', 'job'])
    expect(markers).toMatchObject({
      length: 2,
      phase: [0, 1],
      startTime: [1.5, 2],
      endTime: [null, 5],
      data: [{ type: 'Tracer', args: '{"k":1}' }, { type: 'Tracer' }],
    })
    expect(meta.markerSchema.map(({ name }: { name: string }) => name)).toContain('Tracer')
    expect(meta.categories[markers.category[0]].color).toBe('grey')
  })

  it('has columns of the length that each table says', () => {
    const { threads } = parsed(
      traceOf((builder, thread) => {
        for (let i = 0; i < 50; i++) builder.addSlice(thread, fn(builder, `f${i % 7}`), i * 10, i * 10 + 5)
      }),
    )
    const tables = Object.values(threads[0]).filter(isTable)
    expect(tables).toHaveLength(7)
    for (const { length, ...columns } of tables) {
      for (const column of Object.values(columns)) if (Array.isArray(column)) expect(column).toHaveLength(length)
    }
  })

  it.each(['', 'a;b\nc', '__proto__', 'é 日本 😀', '\ud800', 'x'.repeat(1_000_000)])(
    'keeps names of any sort (%#)',
    (name) => {
      const { threads, shared } = parsed(
        traceOf((builder, thread) => void builder.addSlice(thread, fn(builder, name), 0, 1)),
      )
      expect(shared.stringArray[threads[0].funcTable.name[0]]).toBe(name === '' ? '(anonymous)' : name)
    },
  )
})

interface Table extends Readonly<Record<string, unknown>> {
  readonly length: number
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'length' in value && !Array.isArray(value)
}

function site(name: string, kind: 'function' | 'instant' | 'async-span' = 'function') {
  return { kind, name, file: '/srv/a.js', line: 3, column: 5 }
}

function fn(builder: TraceBuilder, name: string): number {
  return builder.addSite(site(name))
}

function traceOf(fill: (builder: TraceBuilder, thread: number) => void): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: ['node', 'a.js'] })
  fill(builder, builder.addThread({ process, tid: 7, name: 'main' }))
  return builder.build({ producer: 'test', clock: '', originNs: 0, originEpochMs: 1_700_000_000_123 })
}

function write(trace: Trace): string {
  const pieces = firefox().serialize(trace)
  return Symbol.iterator in pieces ? Buffer.concat([...pieces]).toString() : expect.fail('the writer is synchronous')
}

/** A profile as any reader of JSON has it, with its samples as text: `outer>inner start+length`. */
function parsed(trace: Trace) {
  const profile = JSON.parse(write(trace))
  const samples = (index: number): string[] => {
    const { samples, stackTable, frameTable, funcTable } = profile.threads[index]
    const path = (stack: number | null): string[] => {
      if (stack === null) return []
      const name = profile.shared.stringArray[funcTable.name[frameTable.func[stackTable.frame[stack]]]]
      return [...path(stackTable.prefix[stack]), name]
    }
    return samples.stack.map(
      (stack: number | null, i: number) => `${path(stack).join('>') || '-'} ${samples.time[i]}+${samples.weight[i]}`,
    )
  }
  return { ...profile, samples }
}
