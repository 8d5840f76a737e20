import { describe, expect, it } from 'vitest'
import { readFrontmatter } from '../lib/frontmatter.mjs'
import { modesOf, textInMode } from '../lib/modes.mjs'

const read = (yaml: string) => readFrontmatter(`// Copyright\n/*---\n${yaml}\n---*/\nf()`)

describe('readFrontmatter', () => {
  it('reads flags and includes in brackets', () => {
    const { flags, includes } = read(
      'description: >\n  flags: [not this]\nflags: [async, onlyStrict]\nincludes: [a.js, b.js]',
    )
    expect([...flags]).toEqual(['async', 'onlyStrict'])
    expect(includes).toEqual(['a.js', 'b.js'])
  })

  it('reads lists of lines, and brackets over several lines', () => {
    const { flags, includes } = read('flags:\n  - module\n  - raw\nincludes: [\n  a.js,\n  b.js\n]\nfeatures: [x]')
    expect([...flags]).toEqual(['module', 'raw'])
    expect(includes).toEqual(['a.js', 'b.js'])
  })

  it('reads what a negative test expects, whatever the line ends', () => {
    expect(read('negative:\r\n  phase: parse\r\n  type: SyntaxError\r\nflags: [raw]').negative).toEqual({
      phase: 'parse',
      type: 'SyntaxError',
    })
  })

  it('finds nothing where there is nothing', () => {
    expect(readFrontmatter('f()')).toEqual({ flags: new Set(), includes: [], negative: undefined })
  })
})

describe('modesOf', () => {
  it.each([
    [[], ['sloppy', 'strict']],
    [['async'], ['sloppy', 'strict']],
    [['onlyStrict'], ['strict']],
    [['noStrict'], ['sloppy']],
    [['raw'], ['sloppy']],
    [['module', 'async'], ['module']],
  ])('%j runs as %j', (flags, modes) => {
    expect(modesOf(new Set(flags))).toEqual(modes)
  })

  it('only strict mode changes the text', () => {
    expect(textInMode('f()', 'strict')).toBe('"use strict";\nf()')
    expect(textInMode('f()', 'sloppy')).toBe('f()')
  })
})
