import { describe, expect, it } from 'vitest'
import { TraceBuilder, sliceEdges, type SliceTable } from '../src/index.js'

describe('sliceEdges', () => {
  it('ends what began last first, and keeps empty slices', () => {
    expect(edges(tableOf([0, 10, 0], [2, 5, 1], [5, 5, 1], [10, 10, 1], [10, 12, 0]))).toBe(
      '+0@0 +1@2 -1@5 +2@5 -2@5 +3@10 -3@10 -0@10 +4@10 -4@12',
    )
  })

  it('gives whole times that never go back', () => {
    expect(edges(tableOf([0.4, 10.4, 0], [1.5, 10.7, 1], [10.6, 11, 0]))).toBe('+0@0 +1@2 -1@11 -0@11 +2@11 -2@11')
  })

  it('takes a time that is no number for the one before', () => {
    expect(edges(tableOf([NaN, NaN, 0], [5, Infinity, 1]))).toBe('+0@0 +1@5 -1@5 -0@5')
  })
})

describe('addNestedSlice', () => {
  it('keeps levels that times alone would not give', () => {
    const builder = new TraceBuilder()
    const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
    const thread = builder.addThread({ process, tid: 1, name: '' }, 'by-level')
    const [x, y] = ['x', 'y'].map((name) => builder.addSite({ kind: 'function', name, file: '', line: 0, column: 0 }))
    for (let i = 0; i < 100; i++) {
      builder.addNestedSlice(thread, x, i, i, 0)
      builder.addNestedSlice(thread, y, i, i + 1, 0)
    }
    const [track] = builder.build({ producer: '', clock: '', originEpochMs: 0 }).tracks
    expect(track).toMatchObject({ slices: { length: 200, depth: new Int32Array(200) } })
  })
})

function tableOf(...rows: [start: number, end: number, depth: number][]): SliceTable {
  return {
    length: rows.length,
    site: new Int32Array(rows.length),
    startNs: Float64Array.from(rows, ([start]) => start),
    durationNs: Float64Array.from(rows, ([start, end]) => end - start),
    depth: Int32Array.from(rows, ([, , depth]) => depth),
    activation: new Int32Array(0),
    args: new Map(),
    unfinished: new Set(),
  }
}

function edges(slices: SliceTable): string {
  return Array.from(
    sliceEdges(slices),
    ({ slice, isBegin, timeNs }) => `${isBegin ? '+' : '-'}${slice}@${timeNs}`,
  ).join(' ')
}
