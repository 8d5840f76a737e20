import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { plainEvents } from './support/independent.js'
import { read, write } from './support/traces.js'

describe('pids and tids', () => {
  const idsOf = (trace: Trace) =>
    plainEvents(write(trace))
      .filter(({ fields }) => fields['name'] === 'thread_sort_index')
      .map(({ fields }) => [fields['pid'], fields['tid']])

  const traceWith = (processes: [pid: number, ...tids: number[]][]): Trace => {
    const builder = new TraceBuilder()
    for (const [pid, ...tids] of processes) {
      const process = builder.addProcess({ pid, name: '', commandLine: [] })
      for (const tid of tids) builder.addThread({ process, tid, name: '' })
    }
    return builder.build({ producer: '', clock: '', originEpochMs: 0 })
  }

  it.each<[string, [number, ...number[]][], [number, number][]]>([
    [
      'that fit are kept',
      [
        [10, 10, 11],
        [20, 20],
      ],
      [
        [10, 10],
        [10, 11],
        [20, 20],
      ],
    ],
    [
      'of 0 become ones that importers accept, main threads first',
      [[0, 0, 5]],
      [
        [1, 1],
        [1, 5],
      ],
    ],
    [
      'of a second process with the same pid are told apart',
      [
        [10, 10],
        [10, 10],
      ],
      [
        [10, 10],
        [1, 1],
      ],
    ],
    [
      'of a thread 0 are those of the process',
      [[10, 0, 3]],
      [
        [10, 10],
        [10, 3],
      ],
    ],
    [
      'beyond 32 bits are replaced',
      [[2 ** 32, 2 ** 32, -1]],
      [
        [1, 1],
        [1, 2],
      ],
    ],
  ])('%s', (_, processes, expected) => {
    expect(idsOf(traceWith(processes))).toEqual(expected)
  })

  it('come back as they were', async () => {
    const trace = traceWith([
      [0, 0, 5],
      [0, 0],
      [2 ** 40, -7],
    ])
    expect((await read(write(trace))).trace).toEqual(trace)
  })
})
