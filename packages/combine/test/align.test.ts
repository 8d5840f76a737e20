import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align, landmarksOf } from '../src/index.js'
import { traced, type TracedText } from './support/traced-calls.js'

const aligned = (texts: readonly TracedText[], options = {}) =>
  align(
    texts.map((text) => landmarksOf(traced(text))),
    options,
  )
const shifts = (texts: readonly TracedText[], options = {}) =>
  aligned(texts, options).alignments.map(({ shiftNs, by }) => `${shiftNs} ${by}`)

const request = (id: string, start: number, end: number) =>
  `span fetch ${start} ${end} {"traceId":"t","spanId":"${id}"}`
const answer = (id: string, start: number, end: number) =>
  `span serve ${start} ${end} {"traceId":"t","spanId":"s${id}","parentId":"${id}"}`

describe('inputs are aligned', () => {
  it('by the monotonic clock when they are of one boot', () => {
    const boot = { bootId: 'b', events: 'call f 0 10', originEpochMs: 1000 }
    expect(
      shifts([
        { ...boot, originNs: 5000 },
        { ...boot, originNs: 7000, originEpochMs: 1 },
      ]),
    ).toEqual(['0 boot', '2000 reference'])
  })

  it('by a marker of one name', () => {
    const texts = [
      { events: 'instant sync 100\ninstant go 900' },
      { events: 'call f 0 10\ninstant sync 30\ninstant go 40' },
    ]
    expect(shifts(texts)).toEqual(['-70 marker', '0 reference'])
    expect(shifts(texts, { method: 'marker', marker: 'go' })).toEqual(['-100 marker', '760 reference'])
  })

  it('by wall clocks when they have nothing better in common', () => {
    const texts = [
      { events: 'call f 0 10', originEpochMs: 5000, hostName: 'a' },
      { events: 'call f 0 10', originEpochMs: 5001.5, hostName: 'b' },
    ]
    expect(shifts(texts)).toEqual(['0 reference', '1500000 clock'])
  })

  it('by their start when there is no clock to go by, or when asked to', () => {
    const texts = [{ events: 'call f 100 110' }, { events: 'call f 30 40', originEpochMs: 5000 }]
    expect(shifts(texts)).toEqual(['-100 reference', '-30 start'])
    const clocks = texts.map((text, i) => ({ ...text, originEpochMs: 1000 * (i + 1), bootId: 'b', originNs: 5 }))
    expect(shifts(clocks, { method: 'start' })).toEqual(['-100 reference', '-30 start'])
  })

  it('by requests between them, whatever their wall clocks show', () => {
    const tenMinutesMs = 600_000
    const texts = [
      { events: `${request('1', 0, 100)}\n${request('2', 1000, 1050)}`, originEpochMs: 1000 },
      { events: `${answer('1', 5000, 5080)}\n${answer('2', 5995, 6030)}`, originEpochMs: 1000 + tenMinutesMs },
    ]
    const { alignments, contradictionNs } = aligned(texts)
    // The first: 0..20 after 5000; the second: 5..20 after 5000.
    expect(alignments[0].shiftNs - alignments[1].shiftNs).toBe(5000 - 12 - 1)
    expect(alignments[1]).toMatchObject({ by: 'requests', uncertaintyNs: 8 })
    expect(alignments[1].clockAheadNs).toBeCloseTo(tenMinutesMs * 1e6 + 4987, -1)
    expect(contradictionNs).toBe(0)
  })

  it('by a marker only as far as requests allow', () => {
    const texts = [
      { events: `instant sync 0\n${request('1', 0, 100)}`, originEpochMs: 1 },
      { events: `instant sync 0\n${answer('1', 500, 580)}`, originEpochMs: 2 },
    ]
    const { alignments } = aligned(texts)
    expect(alignments[1].shiftNs - alignments[0].shiftNs).toBe(-480)
    expect(alignments[1].by).toBe('requests')
  })

  it('with a word on requests that contradict each other', () => {
    const texts = [
      { events: `${request('1', 0, 100)}\n${request('2', 1000, 1100)}`, originEpochMs: 1 },
      { events: `${answer('1', 5000, 5090)}\n${answer('2', 6200, 6290)}`, originEpochMs: 2 },
    ]
    const { alignments, contradictionNs } = aligned(texts)
    // -5000..-4990 and -5200..-5190 are 190 apart.
    expect(contradictionNs).toBeCloseTo(190, 0)
    expect(alignments[1].shiftNs - alignments[0].shiftNs).toBeCloseTo(-5095, -1)
    expect(alignments[1].uncertaintyNs).toBeGreaterThanOrEqual(95)
  })

  it('by when requests came in, where an end was noted too late', () => {
    const texts = [
      { events: `${request('1', 0, 100)}\n${request('2', 1000, 1100)}`, originEpochMs: 1 },
      { events: `${answer('1', 5000, 5050)}\n${answer('2', 6010, 6105)}`, originEpochMs: 2 },
    ]
    const { alignments, contradictionNs } = aligned(texts)
    // The first came in at -5000 or later; the second had ended by -5005.
    expect(alignments[1].shiftNs - alignments[0].shiftNs).toBe(-5000)
    expect(contradictionNs).toBeCloseTo(5, 0)
    expect(alignments[1].uncertaintyNs).toBeGreaterThanOrEqual(5)
  })

  it('by what is known of an answer that goes on when the response has come', () => {
    const texts = [
      { events: request('1', 0, 100), originEpochMs: 1 },
      { events: answer('1', 5000, 9000), originEpochMs: 2 },
    ]
    expect(aligned(texts)).toMatchObject({
      contradictionNs: 0,
      alignments: [{}, { by: 'requests', uncertaintyNs: 50 }],
    })
  })

  it('one by way of another that both talk to', () => {
    const texts = [
      { events: request('1', 0, 100), originEpochMs: 1 },
      { events: `${answer('1', 1000, 1100)}\n${request('2', 1010, 1020)}`, originEpochMs: 2 },
      { events: answer('2', 70_000, 70_010), originEpochMs: 3 },
    ]
    const { alignments } = aligned(texts)
    expect(alignments.map(({ by }) => by)).toEqual(['reference', 'requests', 'requests'])
    expect(alignments[2].shiftNs - alignments[0].shiftNs).toBe(10 - 70_000)
  })
})

/** Up to four machines with clocks of their own, and requests between them that take some time each way. */
const machines = fc.record({
  clocks: fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 2, maxLength: 4 }),
  requests: fc.array(
    fc.record({
      from: fc.nat(3),
      to: fc.nat(3),
      at: fc.integer({ min: 0, max: 1e9 }),
      there: fc.integer({ min: 0, max: 1e6 }),
      takes: fc.integer({ min: 0, max: 1e6 }),
      back: fc.integer({ min: 0, max: 1e6 }),
    }),
    { minLength: 1, maxLength: 20 },
  ),
})

/** What each machine would have recorded, by its own clock. */
function recordedBy({
  clocks,
  requests,
}: {
  clocks: number[]
  requests: readonly Record<'from' | 'to' | 'at' | 'there' | 'takes' | 'back', number>[]
}): TracedText[] {
  return clocks.map((clock, machine) => {
    const events = requests.flatMap(({ from, to, at, there, takes, back }, i) => {
      const [client, server] = [from % clocks.length, to % clocks.length]
      if (client === server) return []
      return [
        ...(client === machine ? [request(`${i}`, at + clock, at + there + takes + back + clock)] : []),
        ...(server === machine ? [answer(`${i}`, at + there + clock, at + there + takes + clock)] : []),
      ]
    })
    return { events: [`call f ${clock} ${clock + 10}`, ...events].join('\n'), originEpochMs: machine + 1 }
  })
}

describe('random machines with clocks of their own', () => {
  it('never have an answer before its request, nor a response before its answer, and are off by no more than is said', () => {
    fc.assert(
      fc.property(machines, (some) => {
        const { alignments, pairs, contradictionNs } = aligned(recordedBy(some))
        expect(contradictionNs).toBe(0)
        for (const { parent, child } of pairs) {
          const [there, here] = [alignments[parent.input].shiftNs, alignments[child.input].shiftNs]
          expect(child.span.startNs + here).toBeGreaterThanOrEqual(parent.span.startNs + there)
          expect(child.span.endNs + here).toBeLessThanOrEqual(parent.span.endNs + there)
        }
        const reference = alignments.findIndex(({ by }) => by === 'reference')
        for (const [machine, { shiftNs, uncertaintyNs }] of alignments.entries()) {
          if (uncertaintyNs === undefined) continue
          const truth = some.clocks[reference] - some.clocks[machine]
          expect(Math.abs(shiftNs - alignments[reference].shiftNs - truth)).toBeLessThanOrEqual(uncertaintyNs + 1)
        }
      }),
    )
  })

  it('lie as they did when the inputs come in another order', () => {
    fc.assert(
      fc.property(machines, fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }), (some, keys) => {
        const texts = recordedBy(some)
        const order = [...texts.keys()].sort((a, b) => keys[a] - keys[b])
        const straight = aligned(texts).alignments
        const shuffled = aligned(order.map((index) => texts[index])).alignments
        expect(order.map((index) => straight[index].shiftNs)).toEqual(shuffled.map(({ shiftNs }) => shiftNs))
      }),
    )
  })
})
