import { expect, it } from 'vitest'
import { activations } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { text } from './formatted.js'

/** One line a row. */
function table(drawing: string): string {
  const trace = drawnTrace(drawing)
  const rows = activations(trace)
  return Array.from({ length: rows.length }, (_, row) => {
    const name = trace.sites[rows.site[row]].name
    const span = `${rows.startNs[row] / 1e6}-${rows.endNs[row] / 1e6}`
    const times = `run ${rows.runNs[row] / 1e6} await ${rows.awaitingNs[row] / 1e6}`
    return `${name} slices ${rows.slice[row]}..${rows.lastSlice[row]} ${span} ${rows.runs[row]}x ${times} in ${rows.parent[row]}`
  }).join('\n')
}

it('an activation lasts from its call to the end of its last run', () => {
  expect(
    table(`
    load 0-10 #1.0
      get 5-6 #2.0
    get 20-22 #2.1
    load 30-40 #1.1
  `),
  ).toBe(
    text(`
    load slices 0..3 0-40 2x run 20 await 20 in -1
    get slices 1..2 5-22 2x run 3 await 14 in 0
  `),
  )
})

it('the parent is the nearest activation, whatever lies between', () => {
  expect(
    table(`
    load 0-10 #1.0
      plain 1-9
        get 5-6 #2.0
    tick 15-18 after Timeout
      late 16-17 #3.0
    late 19-20 #3.1
    flow main 2 -> main 15
  `),
  ).toBe(
    text(`
    load slices 0..0 0-10 1x run 10 await 0 in -1
    get slices 2..2 5-6 1x run 1 await 0 in 0
    late slices 4..5 16-20 2x run 2 await 2 in 0
  `),
  )
})

it('an activation of which the first run was lost begins with the first that is left', () => {
  expect(table('module app 0-1\n get 20-22 #2.1')).toBe('get slices 1..1 20-22 1x run 2 await 0 in -1')
})

it('a trace without activations has no row', () => {
  expect(activations(drawnTrace('main 0-1')).length).toBe(0)
})
