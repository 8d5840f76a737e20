import { describe, expect, it } from 'vitest'
import { callTree } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTree, text } from './formatted.js'

const trees: Record<string, { drawing: string; tree: string }> = {
  'puts calls on the same path together, dearest first': {
    drawing: `
      main 0-100
        parse 0-10
          scan 2-4
        run 10-40
        parse 40-60
          scan 45-55
    `,
    tree: `
      main 1x self 40 total 100
        parse 2x self 18 total 30
          scan 2x self 12 total 12
        run 1x self 30 total 30
    `,
  },
  'keeps the same function on other paths apart': {
    drawing: `
      a 0-50
        log 10-20
      b 50-80
        log 55-60
    `,
    tree: `
      a 1x self 40 total 50
        log 1x self 10 total 10
      b 1x self 25 total 30
        log 1x self 5 total 5
    `,
  },
  'gives each level of a recursion a node': {
    drawing: `
      fib 0-100
        fib 10-50
          fib 20-30
        fib 50-90
    `,
    tree: `
      fib 1x self 20 total 100
        fib 2x self 70 total 80
          fib 1x self 10 total 10
    `,
  },
  'counts resumed runs where they ran and the call where it began': {
    drawing: `
      main 0-20
        load 5-10 #1.0
      load 30-50 #1.1
      load 60-61 #1.2
    `,
    tree: `
      load 0x/2 self 21 total 21
      main 1x self 15 total 20
        load 1x self 5 total 5
    `,
  },
  'is one tree for all threads': {
    drawing: `
      thread main
      work 0-10
      thread worker
      work 0-30
        step 0-10
    `,
    tree: `
      work 2x self 30 total 40
        step 1x self 10 total 10
    `,
  },
  'takes what probes cost from the slice and from what is around it': {
    drawing: `
      probes 8/3
      main 0-100
        parse 10-40
          scan 15-25
        run 40-90
      unrecorded scan 9x 90
    `,
    tree: `
      main 1x self 7 total 73
        run 1x self 47 total 47
        parse 1x self 12 total 19
          scan 1x self 7 total 7
    `,
  },
  'gives no time below 0': {
    drawing: `
      probes 8/6
      a 0-10
        b 2-4
    `,
    tree: `
      a 1x self 0 total 0
        b 1x self 0 total 0
    `,
  },
  'keeps the order of first calls among equals': {
    drawing: `
      b 0-10
      a 10-20
      c 20-30
    `,
    tree: `
      b 1x self 10 total 10
      a 1x self 10 total 10
      c 1x self 10 total 10
    `,
  },
}

describe('callTree', () => {
  it.each(Object.entries(trees))('%s', (_, { drawing, tree }) => {
    const trace = drawnTrace(drawing)
    expect(formattedTree(trace, callTree(trace))).toBe(text(tree))
  })

  it('sums the roots', () => {
    expect(callTree(drawnTrace('a 0-10\nb 20-25')).rootNs).toBe(15)
  })

  it('gives the times as they were recorded when asked to', () => {
    const trace = drawnTrace('probes 8/3\na 0-20\n  b 2-12')
    expect(formattedTree(trace, callTree(trace, { raw: true }))).toBe('a 1x self 10 total 20\n  b 1x self 10 total 10')
  })

  it('is empty for a trace without slices', () => {
    expect(callTree(drawnTrace(''))).toMatchObject({ length: 0, rootNs: 0 })
  })

  it('looks at the chosen threads only', () => {
    const trace = drawnTrace('thread main\na 0-10\nthread worker\nb 0-20')
    expect(formattedTree(trace, callTree(trace, { threads: [1] }))).toBe('b 1x self 20 total 20')
  })

  it('takes a recursion of any depth', () => {
    const depth = 50_000
    const lines = Array.from({ length: depth }, (_, level) => `down ${level}-${2 * depth - level}`)
    const tree = callTree(drawnTrace(lines.join('\n')))
    expect(tree.length).toBe(depth)
    expect(tree.depth[depth - 1]).toBe(depth - 1)
    expect(tree.subtreeEnd[0]).toBe(depth)
  })
})
