import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { eventLines, fn, read, traceOf, write } from './support/traces.js'

const X = (name: string, ts: number, dur: number, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`
const flow = (ph: string, ts: number, more = '') =>
  `{"ph":"${ph}","pid":1,"tid":1,"cat":"c","name":"go","ts":${ts}${more}}`

/** Arrows as `1: a@5 > b@7`. */
function arrows({ flows, tracks, sites }: Trace): string[] {
  const lines: string[] = []
  for (let row = 0; row < flows.length; row++) {
    const track = tracks[flows.track[row]]
    const name = track.kind === 'counter' ? '?' : sites[track.slices.site[flows.slice[row]]].name
    const end = `${name}@${flows.timeNs[row]}`
    if (row > 0 && flows.flow[row - 1] === flows.flow[row]) lines.push(`${lines.pop()} > ${end}`)
    else lines.push(`${flows.flow[row]}: ${end}`)
  }
  return lines
}

describe('an arrow', () => {
  const trace = traceOf((builder, thread) => {
    for (const [name, start, end] of [
      ['a', 0, 100],
      ['b', 20, 40],
      ['c', 60, 80],
    ] as const) {
      builder.addSlice(thread, builder.addSite(fn(name)), start, end)
    }
    const job = builder.addSite({ kind: 'async-span', name: 'job', file: '', line: 0, column: 0 })
    builder.addFlowToAsyncSlice('x', thread, 'job', builder.addAsyncSlice(thread, job, 50, 90))
    for (const time of [10, 45, 70]) builder.addFlow('x', thread, time)
  })

  it('is written where importers find its slices', () => {
    const ends = eventLines(write(trace)).filter((line) => line.startsWith('{"name":"flow"'))
    const head = (ph: string) => `{"name":"flow","cat":"tracer","ph":"${ph}","pid":7,"tid":7,"id":1`
    expect(ends).toEqual([
      `${head('s')},"ts":0.010,"slice":0}`,
      // After the first child of `a`, Perfetto would take the child for it.
      `${head('t')},"ts":0.000,"at":0.045,"slice":0}`,
      `${head('t')},"ts":0.050,"track":"job","slice":0}`,
      `${head('f')},"bp":"e","ts":0.070,"slice":2}`,
    ])
  })

  it('is read back with the slices and times it had', async () => {
    const { trace: back, warnings } = await read(write(trace))
    expect(arrows(back)).toEqual(['1: a@10 > a@45 > job@50 > c@70'])
    expect(back).toEqual(trace)
    expect(warnings).toEqual([])
  })

  it('finds its slices by time when other hands have changed them', async () => {
    const text = write(trace).replace('\n]\n', ',\n{"ph":"X","pid":7,"tid":7,"name":"z","ts":0.065,"dur":0.010}\n]\n')
    const { trace: back, warnings } = await read(text)
    expect(arrows(back)).toEqual(['1: a@10 > a@45 > z@70'])
    expect(warnings).toEqual(['Ends of arrows that meet no slice or have no other end were left out: 1.'])
  })

  it('that a cut file has no slice for is left out', async () => {
    const [, ...flows] = write(trace).split(/(?=\{"name":"flow")/)
    const { trace: back } = await read(write(trace).split('{"name":"c"')[0] + flows.join(''))
    expect(arrows(back)).toEqual(['1: a@10 > a@45'])
  })
})

describe('arrows of other writers', () => {
  const slices = [X('a', 0, 10), X('b', 20, 10), X('c', 40, 10)].join(',')

  it.each([
    ['end at the next slice', ['s', 5, '"id":1'], ['f', 15, '"id":1'], '1: a@5000 > b@15000'],
    ['end at the slice around them', ['s', 5, '"id":1'], ['f', 25, '"id":1,"bp":"e"'], '1: a@5000 > b@25000'],
    ['have ids to base 16', ['s', 5, '"id":16'], ['f', 25, '"id":"0x10","bp":"e"'], '1: a@5000 > b@25000'],
    ['have ids that are no numbers', ['s', 5, '"id":"x y"'], ['t', 25, '"id":"x y"'], '1: a@5000 > b@25000'],
    ['have ids in a scope', ['s', 5, '"id2":{"local":1}'], ['t', 25, '"id2":{"local":"1"}'], '1: a@5000 > b@25000'],
  ] as const)('%s', async (_, [ph1, ts1, more1], [ph2, ts2, more2], expected) => {
    // Files do not keep the order of time.
    const { trace, warnings } = await read(`[${flow(ph2, ts2, `,${more2}`)},${flow(ph1, ts1, `,${more1}`)},${slices}]`)
    expect(arrows(trace)).toEqual([expected])
    expect(warnings).toEqual([])
  })

  it('may use an id again', async () => {
    const ends = [flow('s', 1, ',"id":1'), flow('f', 11, ',"id":1'), flow('s', 21, ',"id":1'), flow('f', 31, ',"id":1')]
    expect(arrows((await read(`[${slices},${ends.join(',')}]`)).trace)).toEqual([
      '1: a@1000 > b@11000',
      '2: b@21000 > c@31000',
    ])
  })

  it('are told apart by category and name', async () => {
    const ends = [flow('s', 1, ',"id":1'), flow('f', 11, ',"id":1').replace('"go"', '"come"')]
    const { trace, warnings } = await read(`[${slices},${ends.join(',')}]`)
    expect(arrows(trace)).toEqual([])
    expect(warnings).toEqual(['Ends of arrows that meet no slice or have no other end were left out: 2.'])
  })

  it('may be named by the slices, also by those of begin and end events', async () => {
    const bind = (way: string) => `,"bind_id":"0xa1","${way}":true`
    const B = `{"ph":"B","pid":1,"tid":1,"name":"d","ts":60${bind('flow_in')}}`
    const b = (ph: string, ts: number) =>
      `{"ph":"${ph}","pid":1,"tid":1,"cat":"c","id":1,"name":"job","ts":${ts}${bind('flow_in')}}`
    const text = `[${X('a', 0, 10, bind('flow_out'))},${B},${b('b', 50)},${b('e', 55)},${b('n', 58)}]`
    expect(arrows((await read(text)).trace)).toEqual(['1: a@0 > job@50000 > job@58000 > d@60000'])
  })

  it('name no slice without a direction', async () => {
    const { trace } = await read(`[${X('a', 0, 1, ',"bind_id":1')},${X('b', 2, 1, ',"bind_id":1')}]`)
    expect(trace.flows.length).toBe(0)
  })
})
