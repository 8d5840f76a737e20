import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packed, unpacked } from '../src/html/packed-content.js'
import { pruned } from '../src/html/pruned.js'
import { VarintReader, VarintWriter } from '../src/html/varints.js'
import { flamegraphHtml, type FlameContent, type TreeContent } from '../src/index.js'
import { diffOf, type DrawnCall } from './support/diffs.js'
import { anyTree, drawn, treeOf } from './support/trees.js'

/** As a page reads it: texts have been JSON. */
function sent(content: FlameContent): FlameContent {
  const { texts, columns } = packed(content)
  return unpacked({ texts: JSON.parse(JSON.stringify(texts)), columns })
}

describe('what a page holds', () => {
  it('comes out as it went in: trees', () => {
    fc.assert(
      fc.property(anyTree, (content) => {
        const back = sent(content) as TreeContent
        const named = ({ tree, sites }: TreeContent): string[] => Array.from(tree.site, (site) => sites[site].name)
        expect(named(back)).toEqual(named(content))
        expect({ ...back.tree, site: undefined }).toEqual({ ...content.tree, site: undefined })
      }),
    )
  })

  it('comes out as it went in: diffs', () => {
    const calls = fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(100)), { maxLength: 20 })
      .map((list) => list.map(([name, ns], index): DrawnCall => [name, index * 200, index * 200 + ns]))
    fc.assert(
      fc.property(calls, calls, (before, after) => {
        const content = diffOf(before, after)
        const back = sent(content)
        const isThere = (node: number): number => (node === -1 ? -1 : 1)
        const plain = ({ diff }: typeof content): unknown => ({
          ...diff,
          before: { ...diff.before, node: diff.before.node.map(isThere) },
          after: { ...diff.after, node: diff.after.node.map(isThere) },
        })
        expect(plain(back as typeof content)).toEqual(plain(content))
      }),
    )
  })

  it('takes few bytes: any whole number comes back from as few as it needs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.maxSafeNat()),
        fc.array(fc.maxSafeInteger().map((value) => Math.trunc(value / 2) + 0)),
        (naturals, wholes) => {
          const writer = new VarintWriter()
          for (const value of naturals) writer.push(value)
          for (const value of wholes) writer.pushSigned(value)
          const reader = new VarintReader(writer.bytes)
          expect(naturals.map(() => reader.next())).toEqual(naturals)
          expect(wholes.map(() => reader.nextSigned())).toEqual(wholes)
        },
      ),
    )
    const writer = new VarintWriter()
    for (const value of [0, 127, 128, 16383]) writer.push(value)
    expect(writer.bytes).toHaveLength(1 + 1 + 2 + 2)
  })

  it('is the dearest part of a tree that is too large, with the same times', () => {
    const content = drawn(`
      main 10
        parse 30
          scan 20
        print 40
          flush 1
    `)
    const { tree, sites } = pruned(content, 3) as TreeContent
    expect(Array.from(tree.site, (site) => sites[site].name)).toEqual(['main', 'parse', 'print'])
    expect([...tree.subtreeEnd]).toEqual([3, 2, 3])
    expect([...tree.totalNs]).toEqual([101, 50, 41])
    expect(pruned(content, 5)).toBe(content)
  })

  it('says whether callers stand below functions, of all paths and of some', () => {
    const content = { ...drawn('main 10\n  parse 30'), isInverted: true }
    expect((sent(content) as TreeContent).isInverted).toBe(true)
    expect((sent(pruned(content, 1)) as TreeContent).isInverted).toBe(true)
    expect((sent({ ...content, isInverted: undefined }) as TreeContent).isInverted).toBe(false)
  })
})

describe('a page', () => {
  const small = treeOf([{ depth: 0, name: '</script><b>', selfNs: 5 }])

  it('runs its own script alone, and asks nobody', async () => {
    const page = await flamegraphHtml(small)
    expect(page).toContain('content="default-src &#39;none&#39;; script-src &#39;sha256-')
    expect(page).not.toMatch(/(src|href)=/)
  })

  it('ends no script early, whatever a name holds', async () => {
    const page = await flamegraphHtml(small, { title: '</title><script>x</script>' })
    expect(page.match(/<script/g)).toHaveLength(4)
    expect(page.match(/<\/script>/g)).toHaveLength(4)
    expect(page).not.toContain('<b>')
  })

  it('says what it leaves out, and cuts names of a megabyte', async () => {
    const content = treeOf(
      Array.from({ length: 10 }, (_, index) => ({ depth: 0, name: `${index}${'x'.repeat(1e6)}`, selfNs: index })),
    )
    const page = await flamegraphHtml(content, { paths: 4 })
    expect(page).toContain('6 paths that took least are not in this page.')
    expect(page.length).toBeLessThan(200_000)
  })
})
