import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf, frameTree, hasMatch, matcherOf, search } from '../src/index.js'
import { anyTree, drawn } from './support/trees.js'

const content = drawn(`
  main 10
    parse 30
      parse 20
    print 40
`)
const tree = frameTree(content.tree, content.sites)
const frame = { name: 'Parser.parse', file: '/srv/parser.ts', line: 1, column: 1 }

describe('a search', () => {
  it('counts what lies in two matches once', () => {
    const found = search(tree, ({ name }) => name === 'parse')
    expect(found).toEqual({ nodes: Int32Array.of(1, 2), functions: 1, share: 0.5 })
  })

  it('that finds nothing says so', () => {
    expect(search(tree, () => false)).toEqual({ nodes: Int32Array.of(), functions: 0, share: 0 })
  })

  it('of any tree finds the nodes that match, and their share', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(5), ({ tree: calls, sites }, wanted) => {
        const any = frameTree(calls, sites)
        const matches = (node: number): boolean => frameOf(any, node).name === `f${wanted}`
        const isBelow = (node: number): boolean =>
          any.parent[node] !== -1 && (matches(any.parent[node]) || isBelow(any.parent[node]))
        const found = search(any, ({ name }) => name === `f${wanted}`)
        const nodes = [...any.start.keys()].filter(matches)
        expect([...found.nodes]).toEqual(nodes)
        const outer = nodes.filter((node) => !isBelow(node))
        expect(found.share).toBeCloseTo(
          outer.reduce((sum, node) => sum + any.end[node] - any.start[node], 0) / any.extent,
        )
        expect(hasMatch(found, 0, 3)).toBe(nodes.some((node) => node < 3))
      }),
    )
  })
})

describe('what is typed', () => {
  it.each([
    ['parse', true],
    ['PARSER', true],
    [' parse ', true],
    ['srv/', true],
    ['print', false],
    ['/^Parser\\.p/', true],
    ['/^parser\\.p/', false],
    ['/^parser\\.p/i', true],
    ['/^p.*ts$/g', false],
    ['(', false],
  ])('%s is in a name or file: %s', (text, expected) => expect(matcherOf(text)?.(frame)).toBe(expected))

  it.each(['', '  ', '/(/', '/a/q'])('"%s" is no search', (text) => expect(matcherOf(text)).toBeUndefined())
})
