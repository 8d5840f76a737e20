import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpanTable, type SpanIds } from '../src/index.js'

function tableOf(spans: readonly SpanIds[]): SpanTable {
  const table = new SpanTable()
  for (const [row, ids] of spans.entries()) table.add(ids, row * 10, 1, row)
  return table
}

describe('a table of spans', () => {
  it('finds what caused a span, the first of an id, in itself and in others', () => {
    const id = fc.option(
      fc.integer({ max: 300 }).map((number) => `t/${number.toString(16)}`),
      { nil: undefined },
    )
    const spans = fc.array(fc.record({ id, parentId: id }), { maxLength: 400 })
    fc.assert(
      fc.property(spans, spans, (causes, effects) => {
        const [among, table] = [tableOf(causes), tableOf(effects)]
        for (const [row, { parentId }] of effects.entries()) {
          const cause = causes.findIndex((span) => span.id !== undefined && span.id === parentId)
          expect(table.hasParent(row)).toBe(parentId !== undefined)
          expect(table.parentOf(row, among)).toBe(cause === -1 ? undefined : cause)
        }
      }),
    )
  })

  it('has spans that were cut off until they end', () => {
    const table = tableOf([{ id: 'a', parentId: undefined }])
    expect(table.at(0)).toEqual({ startNs: 0, endNs: NaN, track: 1, slice: 0 })
    table.end(0, 7)
    expect(table.at(0).endNs).toBe(7)
  })

  it('tells ids apart that differ in one character', () => {
    const ids = Array.from(
      { length: 50_000 },
      (_, i) => `37389786d2cf5f25fe3c402a00000001/${i.toString(16).padStart(16, '0')}`,
    )
    const among = tableOf(ids.map((id) => ({ id, parentId: undefined })))
    const table = tableOf(ids.map((parentId) => ({ id: undefined, parentId })))
    for (const row of ids.keys()) if (table.parentOf(row, among) !== row) throw new Error(`row ${row}`)
  })
})
