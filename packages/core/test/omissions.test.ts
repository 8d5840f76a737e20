import { expect, it } from 'vitest'
import { TraceBuilder, omissions } from '../src/index.js'

it('what a trace has and a format does not hold is listed with its number', () => {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: '' })
  const site = builder.addSite({ kind: 'function', name: 'f', file: '', line: 0, column: 0 })
  for (let i = 0; i < 3; i++) builder.setActivation(thread, builder.addSlice(thread, site, i * 10, i * 10 + 5), 1, i)
  builder.setArgs(thread, builder.addSlice(thread, site, 50, NaN), '{}')
  builder.addAsyncSlice(thread, site, 0, 5)
  builder.addInstant(thread, site, 7)
  builder.addSample(thread, 'queue', 'length', 1, 1)
  builder.addFlow('a', thread, 1)
  builder.addFlow('a', thread, 11)
  builder.addSource('a.js', '')
  builder.addUnrecorded(thread, site, 1234, 5)
  builder.addDrop(thread, { count: 2, startNs: 0, endNs: 1 })
  const trace = builder.build({ producer: '', clock: '', originEpochMs: 0 })
  expect(omissions(trace)).toEqual([
    '1 counter',
    '1 instant',
    '1 flow',
    '1 async slice',
    'arguments of 1 slice',
    'which call 3 runs of async functions belong to',
    'that 1 slice had not ended',
    '1 source text',
    '1,234 calls without a slice',
    'that 2 records were lost',
  ])
  expect(omissions(trace, ['flows'])).toEqual(['1 flow'])
  expect(omissions(new TraceBuilder().build({ producer: '', clock: '', originEpochMs: 0 }))).toEqual([])
})
