import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { countedCalls } from './support/counted-calls.js'
import { read, readers, serializers, write } from './support/formats.js'

const FEW = 1000
const MANY = 2000

/** Twice as many threads are twice the work, and a little more for sorting; each looking at all is four times. */
const MOST = 2.5

/** An arrow leads from each thread to the next. */
function traceOf(threads: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'many', commandLine: [] })
  const site = builder.addSite({ kind: 'function', name: 'work', file: '/a.js', line: 1, column: 1 })
  for (let i = 0; i < threads; i++) {
    const thread = builder.addThread({ process, tid: i + 1, name: `thread ${i}` })
    builder.addFlowToSlice(i, thread, builder.addSlice(thread, site, i * 10, i * 10 + 9))
    if (i > 0) builder.addFlow(i - 1, thread, i * 10 + 5)
  }
  return builder.build({ producer: 'test', clock: 'monotonic', originEpochMs: 0 })
}

describe('many threads take no more work each than few', () => {
  it('to build', async () => {
    const few = await countedCalls(() => Promise.resolve(traceOf(FEW)))
    const many = await countedCalls(() => Promise.resolve(traceOf(MANY)))
    expect(many / few).toBeLessThan(MOST)
  })

  it.each(serializers)('to write as $id', async (serializer) => {
    const traces = { few: traceOf(FEW), many: traceOf(MANY) }
    const few = await countedCalls(() => write(serializer, traces.few))
    const many = await countedCalls(() => write(serializer, traces.many))
    expect(many / few).toBeLessThan(MOST)
  })

  it.each(readers)('to read as $id', async (serializer) => {
    const files = { few: await write(serializer, traceOf(FEW)), many: await write(serializer, traceOf(MANY)) }
    const few = await countedCalls(() => read(serializer, files.few))
    const many = await countedCalls(() => read(serializer, files.many))
    expect(many / few).toBeLessThan(MOST)
  })
})
