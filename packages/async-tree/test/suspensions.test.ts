import { expect, it } from 'vitest'
import { asyncTree } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTree, text } from './formatted.js'

function treeOfDrawing(drawing: string): string {
  const trace = drawnTrace(drawing)
  return formattedTree(trace, asyncTree(trace))
}

it('a promise’s callback waited for the last that ended below the same task', () => {
  const drawing = `
    main 0-4
      load 1-2 #1.0
    load 20-22 #1.1 after Timeout
    then 25-26 after PROMISE
    flow main 3 -> main 25
  `
  expect(treeOfDrawing(drawing)).toBe(
    text(`
    main 0-4 none self 3 run 4
      load 1-22 call self 3 run 3 await 18 (Timeout 18)
      then 3-26 flow self 1 run 1 await 19 queue 3
  `),
  )
})

it('a promise’s callback waited for a promise where nothing tells for what', () => {
  expect(treeOfDrawing('main 0-4\n then 25-26 after PROMISE\n flow main 3 -> main 25')).toBe(
    text(`
    main 0-4 none self 4 run 4
      then 3-26 flow self 1 run 1 await 22 (PROMISE 22)
  `),
  )
})

it('a loop waits for each value of the generator that it goes through, which is below it wherever it began', () => {
  const drawing = `
    main 0-5
      start 1-2 #1.0
      numbers 2-3 #2.0 after iteration
    numbers 20-21 #2.1 after Timeout
    start 22-23 #1.1
    numbers 23-24 #2.2
    numbers 30-31 #2.3 after Timeout
    flow main 1.5 -> main 2
  `
  expect(treeOfDrawing(drawing)).toBe(
    text(`
    main 0-5 none self 3 run 5
      start 1-23 call self 2 run 2 await 19 queue 1
        numbers 1.5-31 flow self 4 run 4 await 25 queue 0.5 awaited 20 (Timeout 23)
  `),
  )
})

it('what never settled waits until the end, for what it called last that did not either', () => {
  const drawing = `
    outer 0-3 #1.0 unfinished
      inner 1-2 #2.0
    inner 10-12 #2.1 unfinished after Timeout
    other 19-20
  `
  expect(treeOfDrawing(drawing)).toBe(
    text(`
    outer 0-20 none self 2 run 3 await 17
      inner 1-20 call self 3 run 3 await 16 awaited 17 (Timeout 8)
        other 12-20 drain self 1 run 1 queue 7
  `),
  )
})
