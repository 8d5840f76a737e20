import type { SiteId } from '@tracer/core'
import { instrument } from '@tracer/instrument'
import { describe, expect, it } from 'vitest'
import { InstrumentedText } from '../src/instrumented-text.js'

const CODE = `'use strict'
const one = (a) => a + 1, two = async () => { await one(2) }
class Foo { get size() { return one(1) } }\u2028for (const x of [1]) { one(x) }
\tfunction last() { throw new Error('end') }`

function instrumented(): InstrumentedText {
  const result = instrument(CODE, {
    file: '/app.js',
    format: 'commonjs',
    firstSiteId: 1 as SiteId,
    probeModule: 'file:///probes.mjs',
    probeGlobal: 'PROBES',
    trivialFunctions: 'trace',
  })
  if ('skipped' in result) throw new Error(result.message)
  return new InstrumentedText(result.code, result.insertions)
}

describe('an instrumented text', () => {
  it('leads the place of every word back to its original column', () => {
    const text = instrumented()
    const [original, generated] = [CODE, text.code].map((code) => code.split(/\n|\u2028/))
    for (const word of ['use', 'one', 'two', 'await', 'Foo', 'get size', 'for', 'last', 'Error', "'end'"]) {
      const line = original.findIndex((content) => content.includes(word))
      const column = text.originalColumn(line + 1, generated[line].indexOf(word) + 1)
      expect(original[line].slice(column - 1, column - 1 + word.length)).toBe(word)
    }
  })

  it('takes a place within a probe for the place where the probe was put', () => {
    const text = instrumented()
    const line = text.code.split('\n')[1]
    expect(text.originalColumn(2, line.indexOf('$t_enter') + 1)).toBe('const one = (a) => '.length + 1)
  })

  it('gives every line as it was', () => {
    const text = instrumented()
    const lines = CODE.split(/\n|\u2028/)
    expect(lines.map((_, i) => text.originalLine(i + 1))).toEqual(lines)
    expect(text.originalLine(99)).toBeUndefined()
  })

  it('gives a piece as it was, and nothing for what is no piece of it', () => {
    const text = instrumented()
    const start = text.code.indexOf('class Foo')
    const piece = text.code.slice(start, text.code.indexOf('\u2028'))
    const probe = /\$t_enter\(\d+\)/.exec(piece)?.[0] ?? ''
    expect(text.original(piece, probe)).toBe('class Foo { get size() { return one(1) } }')
    expect(text.original(piece.replace('Foo', '   '), probe)).toBe('class     { get size() { return one(1) } }')
    expect(text.original(piece.replace('try', 'by'), probe)).toBeUndefined()
    expect(text.original('elsewhere', '$t_enter(99)')).toBeUndefined()
  })

  it('keeps a column on a line that it does not have', () => {
    expect(instrumented().originalColumn(99, 7)).toBe(7)
  })
})
