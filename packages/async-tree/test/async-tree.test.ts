import { describe, expect, it } from 'vitest'
import { asyncTree, AsyncTrees } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTree, text } from './formatted.js'

function treeOfDrawing(drawing: string): string {
  const trace = drawnTrace(drawing)
  return formattedTree(trace, asyncTree(trace))
}

describe('the async tree', () => {
  it('has activations below what called them, with how long their callers waited for them', () => {
    const drawing = `
      main 0-10
        load 2-8 #1.0
          fetch 4-6 #2.0
      fetch 30-33 #2.1
      load 33.05-40 #1.1
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 4 run 10
        load 2-40 call self 10.95 run 12.95 await 25 queue 0.05
          fetch 4-33 call self 5 run 5 await 24 awaited 25.05
    `),
    )
  })

  it('takes calls that do not suspend for a part of what called them', () => {
    const drawing = `
      main 0-10
        read 1-9
          load 2-8 #1.0
      load 20-30 #1.1
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 4 run 10
        load 2-30 call self 16 run 16 await 12
    `),
    )
  })

  it('has what an arrow leads to below the task that the arrow comes from', () => {
    const drawing = `
      main 0-10
        load 2-8 #1.0
      tick 30-33 after Timeout
      load 33.5-34 #1.1
      flow main 5 -> main 30
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 4 run 10
        load 2-34 call self 6.5 run 6.5 await 25 queue 0.5
          tick 5-33 flow self 3 run 3 await 25 awaited 25.5 (Timeout 25)
    `),
    )
  })

  it('takes time for queued that a thread was busy with other things when a timer was due', () => {
    const drawing = `
      main 0-4
      other 10-30 after TCPWRAP
      tick 31-33 after Timeout/10
      flow main 2 -> main 31
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-4 none self 4 run 4
        tick 2-33 flow self 2 run 2 await 11 queue 18 (Timeout 11)
      other 10-30 none self 20 run 20
    `),
    )
  })

  it('takes what could go on at once for queued as long as its thread was busy', () => {
    const drawing = `
      main 0-10
      other 10-15 after TCPWRAP
      next 15-16 after TickObject
      flow main 4 -> main 15
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 10 run 10
        next 4-16 flow self 1 run 1 queue 11
      other 10-15 none self 5 run 5
    `),
    )
  })

  it('crosses threads', () => {
    const drawing = `
      thread main
      ask 0-4
      answer 30-31
      thread worker
      other 3-9
      work 10-25
      flow main 2 -> worker 10
      flow worker 24 -> main 30
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      ask 0-4 none self 4 run 4
        work 2-25 flow self 15 run 15 await 2 queue 6
          answer 24-31 flow self 1 run 1 await 6
      other 3-9 none self 6 run 6
    `),
    )
  })

  it('takes what no arrow leads to for caused by what began the drain, where the recording knows drains', () => {
    const drawing = `
      module app 0-10
      then 11-12
      tick 20-21 after Timeout
      then 21-22
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      app 0-10 none self 10 run 10
        then 10-12 drain self 1 run 1 queue 1
      tick 20-21 none self 1 run 1
        then 21-22 drain self 1 run 1
    `),
    )
  })

  it('takes the arrow that was sent last for the cause', () => {
    const drawing = `
      thread main
      start 0-2
      ask 5-6
      thread w
      message 7-9
      flow main 1 -> w 7
      flow main 5.5 -> w 7
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      start 0-2 none self 2 run 2
      ask 5-6 none self 1 run 1
        message 5.5-9 flow self 2 run 2 await 1.5
    `),
    )
  })

  it.each([
    ['where the recording knows drains', 'module app 0-0.5 after MESSAGEPORT', '43', '  Atomics.wait 0.5-3'],
    ['where times tell', 'module app 0-0.5', '40.01', 'Atomics.wait 0.6-3'],
  ])('has what follows a message that a thread takes itself below who sent it, %s', (_, first, secondNs, wait) => {
    const drawing = `
      thread main
      ask 1-2
      ask 20-21
      thread w
      ${first}
      Atomics.wait 0.6-3
      receiveMessageOnPort 3-4
      task 4.01-5 #1.0
      Atomics.wait 5.05-39
      receiveMessageOnPort 39-40
      task ${secondNs}-45 #2.0
      flow main 1.5 -> w 3
      flow main 20.5 -> w 39
    `
    const lines = treeOfDrawing(drawing).split('\n')
    expect(lines.map((line) => line.replace(/ (?:none|flow|drain) .*/, ''))).toEqual([
      'app 0-0.5',
      wait,
      'ask 1-2',
      '  receiveMessageOnPort 1.5-4',
      '    task 4-5',
      'Atomics.wait 5.05-39',
      'ask 20-21',
      '  receiveMessageOnPort 20.5-40',
      '    task 40-45',
    ])
  })

  it('leaves what follows a message later than at once alone, where only times tell', () => {
    const drawing = `
      thread main
      ask 1-2
      thread w
      receiveMessageOnPort 3-4
      other 5-6
      flow main 1.5 -> w 3
    `
    expect(treeOfDrawing(drawing).split('\n').at(-1)).toMatch(/^other 4-5 none/)
  })

  it('takes nothing for a cause without reason', () => {
    const drawing = `
      module app 0-10
      then 11-12
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      app 0-10 none self 10 run 10
      then 11-12 none self 1 run 1
    `),
    )
  })

  it('says what an activation waited for that no other task did', () => {
    const drawing = `
      load 0-1 #1.0
      load 10-11 #1.1 after Timeout
      load 15-16 #1.2 after FSREQPROMISE
      load 30-31 #1.3 after Timeout
    `
    expect(treeOfDrawing(drawing)).toBe('load 0-31 none self 4 run 4 await 27 (Timeout 23) (FSREQPROMISE 4)')
  })

  it('of those that an activation waits for together names the one that ended last', () => {
    const drawing = `
      main 0-10
        all 0-10 #1.0
          one 1-2 #2.0
          two 3-4 #3.0
      two 20-21 #3.1 after Timeout
      one 30-31 #2.1 after Timeout
      all 31-32 #1.1
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 0 run 10
        all 0-32 call self 9 run 11 await 21
          one 1-31 call self 2 run 2 await 28 awaited 21 (Timeout 28)
          two 3-21 call self 2 run 2 await 16 (Timeout 16)
    `),
    )
  })

  it('does not take a child that ended in an earlier drain for what was awaited', () => {
    const drawing = `
      main 0-10
        load 0-10 #1.0
          side 1-2 #2.0
      side 20-21 #2.1 after Immediate
      load 21.01-22 #1.1 after Timeout
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 0 run 10
        load 0-22 call self 9.99 run 10.99 await 11.01 (Timeout 11.01)
          side 1-21 call self 2 run 2 await 18 (Immediate 18)
    `),
    )
  })

  it('has asynchronous spans below the slice that began them', () => {
    const drawing = `
      main 0-10
      span job 5-40
    `
    expect(treeOfDrawing(drawing)).toBe(
      text(`
      main 0-10 none self 10 run 10
        job 5-40 call self 0 run 0 await 35
    `),
    )
  })

  it('cuts arrows that lead in a circle', () => {
    const drawing = `
      thread a
      left 0-10
      thread b
      right 2-8
      flow a 1 -> b 2
      flow b 0 -> a 0
      flow b 3 -> a 0
    `
    const trace = drawnTrace(drawing)
    expect(asyncTree(trace).length).toBe(2)
  })
})

describe('of one slice', () => {
  const drawing = `
    main 0-20
      one 1-8
        load 2-6 #1.0
      two 9-12
    tick 30-31 after Timeout
    tock 40-41 after Timeout
    load 50-51 #1.1 after FSREQPROMISE
    flow main 7 -> main 30
    flow main 10 -> main 40
  `
  const trace = drawnTrace(drawing)
  const trees = new AsyncTrees(trace)
  const ref = (name: string): { track: number; slice: number } => {
    const [track] = trace.tracks
    if (track.kind === 'counter') throw new Error('There is one thread.')
    return { track: 0, slice: track.slices.site.findIndex((site) => trace.sites[site].name === name) }
  }

  it('the tree holds what was caused in it, on every thread', () => {
    expect(formattedTree(trace, trees.from(ref('one')))).toBe(
      text(`
      one 1-8 none self 3 run 7
        load 2-51 call self 5 run 5 await 44 (FSREQPROMISE 44)
        tick 7-31 flow self 1 run 1 await 23 (Timeout 23)
    `),
    )
  })

  it('the tree of a task is that of all its runs', () => {
    expect(formattedTree(trace, trees.from(ref('load')))).toBe('load 2-51 call self 5 run 5 await 44 (FSREQPROMISE 44)')
  })

  it('the cause of a task is the innermost slice', () => {
    expect(trees.causeOf(ref('tock'))).toEqual(ref('two'))
    expect(trees.causeOf(ref('load'))).toEqual(ref('one'))
    expect(trees.causeOf(ref('main'))).toBeUndefined()
  })

  it('the cause of a run that was resumed is where an arrow comes from, or else the run before it', () => {
    const drawn = drawnTrace(`
      load 0-4 #1.0
        start 1-2
      load 10-12 #1.1 after Timeout
      load 12.01-13 #1.2
      flow main 1.5 -> main 10
    `)
    const resumed = new AsyncTrees(drawn)
    expect(resumed.causeOf({ track: 0, slice: 2 })).toEqual({ track: 0, slice: 1 })
    expect(resumed.causeOf({ track: 0, slice: 3 })).toEqual({ track: 0, slice: 2 })
  })

  it('the effects are the tasks that it set going', () => {
    expect(trees.effectsOf(ref('main'))).toEqual([ref('load'), ref('tick'), ref('tock')])
    expect(trees.effectsOf(ref('two'))).toEqual([ref('tock')])
  })
})
