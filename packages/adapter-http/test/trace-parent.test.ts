import { describe, expect, it } from 'vitest'
import { readTraceParent, TraceIds, traceParentText } from '../src/trace-parent.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

describe('a traceparent', () => {
  it('is read, and written as it was', () => {
    const place = readTraceParent(`00-${TRACE}-${SPAN}-01`)
    expect(place).toEqual({ traceId: TRACE, spanId: SPAN, flags: '01' })
    expect(place === undefined ? '' : traceParentText(place)).toBe(`00-${TRACE}-${SPAN}-01`)
  })

  it('of a later version may have more parts', () => {
    expect(readTraceParent(`01-${TRACE}-${SPAN}-00-more`)).toEqual({ traceId: TRACE, spanId: SPAN, flags: '00' })
  })

  it.each([
    ['nothing', undefined],
    ['a list', [`00-${TRACE}-${SPAN}-01`]],
    ['more than its version has', `00-${TRACE}-${SPAN}-01-more`],
    ['a version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['too little', `00-${TRACE}-${SPAN}`],
  ])('that is %s is none', (_, header) => {
    expect(readTraceParent(header)).toBeUndefined()
  })
})

describe('new places in a trace', () => {
  it('are children with ids of their own in the trace of their parent, or begin one', () => {
    const ids = new TraceIds()
    const parent = { traceId: TRACE, spanId: SPAN, flags: '00' }
    const [child, other, root] = [ids.childOf(parent), ids.childOf(parent), ids.childOf(undefined)]
    expect(child).toMatchObject({ traceId: TRACE, flags: '00' })
    expect(new Set([child, other, root, parent].map(({ spanId }) => spanId)).size).toBe(4)
    for (const place of [child, root]) expect(readTraceParent(traceParentText(place))).toEqual(place)
    expect(root.traceId).not.toBe(TRACE)
    expect(new TraceIds().childOf(undefined).spanId).not.toBe(ids.childOf(undefined).spanId)
  })
})
