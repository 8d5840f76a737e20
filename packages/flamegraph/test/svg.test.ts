import { describe, expect, it } from 'vitest'
import { flamegraphSvg, type TreeContent } from '../src/index.js'
import { diffOf } from './support/diffs.js'
import { drawn, treeOf } from './support/trees.js'

const SMALL = drawn(`
  main 10
    parse 30
      scan 20
    print 40
`)

/** Frames as `name x+width`, marks as `mark x+width`. */
function rects(svg: string): string[] {
  return [
    ...svg.matchAll(/<g class="(f|m)"><title>([^\n<]*)[^]*?<rect [^>]*?x="([\d.]+)"[^>]*? width="([\d.]+)"/g),
  ].map(([, kind, title, x, width]) => `${kind === 'f' ? title : 'mark'} ${x}+${width}`)
}

const wide = (count: number): TreeContent =>
  treeOf([
    { depth: 0, name: 'main', selfNs: 0 },
    ...Array.from({ length: count }, () => ({ depth: 1, name: 'f', selfNs: 1 })),
  ])

describe('an SVG flamegraph', () => {
  it('has a rectangle for each frame, as wide as its time, and its numbers as title', () => {
    const svg = flamegraphSvg(SMALL, { width: 120 })
    expect(rects(svg)).toEqual(['main 10+99', 'parse 10+49', 'print 60+39', 'scan 10+19'])
    expect(svg).toContain('<title>parse\napp.ts:2:1\nTotal: 50 ns, 50.0%\nSelf: 30 ns, 30.0%\nCalls: 1</title>')
  })

  it('has its root at the top, or at the bottom as a flame', () => {
    const tops = (svg: string): number[] =>
      [...svg.matchAll(/<g class="f">[^]*?<rect [^>]*? y="(\d+)"/g)].map(([, y]) => Number(y))
    expect(tops(flamegraphSvg(SMALL))).toEqual([58, 75, 75, 92])
    expect(tops(flamegraphSvg(SMALL, { direction: 'flame' }))).toEqual([92, 75, 75, 58])
  })

  it('puts what is too narrow into marks, and says how much', () => {
    const svg = flamegraphSvg(wide(1000), { width: 120 })
    expect(rects(svg)).toEqual(['main 10+99', 'mark 10+100'])
    expect(svg).toContain('1,000 paths narrower than 0.5 px: grey marks')
  })

  it('has no more frames than it may: what is narrow grows until they are few enough', () => {
    const svg = flamegraphSvg(wide(1000), { width: 1020, minWidth: 0.5, frames: 100 })
    expect(rects(svg).length).toBeLessThanOrEqual(100)
    expect(svg).toContain('narrower than 2 px')
  })

  it('says how many levels are deeper than a picture can be', () => {
    const svg = flamegraphSvg(treeOf(Array.from({ length: 5000 }, (_, depth) => ({ depth, name: 'f', selfNs: 1 }))))
    expect(svg).toContain('3,000 deeper levels are left out')
    expect(rects(svg)).toHaveLength(2000)
  })

  it('escapes names, and cuts those of a megabyte', () => {
    const svg = flamegraphSvg(
      treeOf([
        { depth: 0, name: '</title><script>alert(1)</script>', selfNs: 1 },
        { depth: 0, name: 'x'.repeat(1_000_000), selfNs: 1 },
      ]),
      { title: '"><script>', interactive: false },
    )
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;/title&gt;&lt;script&gt;alert(1)')
    expect(svg.length).toBeLessThan(10_000)
  })

  it('follows the theme of the reader, unless one is given', () => {
    expect(flamegraphSvg(SMALL)).toContain('@media (prefers-color-scheme:dark)')
    const dark = flamegraphSvg(SMALL, { theme: 'dark' })
    expect(dark).not.toContain('@media')
    expect(dark).toContain('.ground{fill:#181b1f}')
  })

  it('has a script only when it may', () => {
    expect(flamegraphSvg(SMALL)).toContain('<script><![CDATA[')
    expect(flamegraphSvg(SMALL, { interactive: false })).not.toContain('<script')
  })

  it('of nothing says so', () => {
    expect(flamegraphSvg(treeOf([]))).toContain('No calls were recorded.')
  })

  it('of a diff hatches what is gone, and says what has no width', () => {
    const diff = diffOf(
      [
        ['main', 0, 100],
        ['parse', 0, 60],
      ],
      [['main', 0, 50]],
    )
    expect(flamegraphSvg(diff, { side: 'before' })).toMatch(/parse \(gone\)[^]*fill="url\(#gone\)"/)
    expect(flamegraphSvg(diff)).toContain('1 path gone, 60 ns before')
    expect(flamegraphSvg(diff)).toContain('100 ns before, 50 ns after, 2 paths')
  })
})
