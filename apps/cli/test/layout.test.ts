import { describe, expect, it } from 'vitest'
import { printable, shorten, shortenPath, textWidth } from '../src/text/cell.js'
import { labelledLines } from '../src/text/labelled.js'
import { shellWord } from '../src/text/shell-word.js'
import { styleFor } from '../src/text/style.js'
import { tableLines, type Column } from '../src/text/table.js'
import { captured, lines } from './captured.js'

describe('textWidth', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['🚀', 2],
  ])('%s takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})

describe('shorten', () => {
  it.each([
    ['short.ts', 20, 'short.ts'],
    ['src/very/deep/folder/file.ts:12:3', 20, 'src/ve…/file.ts:12:3'],
    ['日本語の関数名', 9, '日…関数名'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%s in %d columns is %s', (text, width, shortened) => {
    expect(shorten(text, width)).toBe(shortened)
    expect(textWidth(shorten(text, width))).toBeLessThanOrEqual(width)
  })
})

describe('shortenPath', () => {
  it.each([
    ['src/file.ts:12:3', 20, 'src/file.ts:12:3'],
    ['/srv/app/src/deep/file.ts:12:3', 22, '…/deep/file.ts:12:3'],
    ['src/deep/file.ts:12:3', 14, '…/file.ts:12:3'],
    ['src/deep/file.ts:12:3', 13, '…file.ts:12:3'],
    ['src/deep/file.ts:12:3', 8, '…ts:12:3'],
    ['a/b', 1, '…'],
    ['a/b', 0, ''],
  ])('%s in %d columns is %s', (path, width, shortened) => {
    expect(shortenPath(path, width)).toBe(shortened)
    expect(textWidth(shortenPath(path, width))).toBeLessThanOrEqual(width)
  })
})

it('what a terminal would obey is printed as text', () => {
  expect(printable('a\u001b[31mred\nb\u202ec')).toBe('a\\x1b[31mred\\x0ab\\u202ec')
})

describe('tableLines', () => {
  const columns: readonly Column[] = [
    { heading: 'Self', align: 'right' },
    { heading: 'Function', align: 'left', flex: 1 },
    { heading: 'Position', align: 'left', flex: 1 },
  ]

  it('aligns numbers at the right and text at the left', () => {
    expect(
      tableLines(
        columns,
        [
          ['1.24 s', 'main', 'app.ts:1:1'],
          ['71 ns', 'fib', 'fib.ts:2:1'],
        ],
        80,
      ),
    ).toEqual(
      lines(`
          Self  Function  Position
        1.24 s  main      app.ts:1:1
         71 ns  fib       fib.ts:2:1
      `),
    )
  })

  it('shortens the flexible columns, and gives one what the other does not need', () => {
    const rows = [['71 ns', 'go', 'packages/loader/src/hooks/register.ts:120:12']]
    expect(tableLines(columns, rows, 40)).toEqual(
      lines(`
         Self  Function  Position
        71 ns  go        package…ister.ts:120:12
      `),
    )
  })

  it('never makes a line wider than it may be', () => {
    const rows = [['71 ns', 'x'.repeat(100), 'y'.repeat(100)]]
    expect(tableLines(columns, rows, 40).map(textWidth)).toEqual([32, 39])
  })
})

describe('labelledLines', () => {
  it('wraps texts beside their labels and leaves paths whole', () => {
    expect(
      labelledLines(
        [
          { label: 'Saved', texts: ['trace.json'] },
          { label: 'Left alone', texts: ['one two three four five', '/a/path/longer/than/the/line.ts'] },
        ],
        30,
      ),
    ).toEqual(
      lines(`
          Saved       trace.json
          Left alone  one two three
                      four five
                      /a/path/longer/than/the/line.ts
      `).map((line) => `  ${line}`),
    )
  })
})

it('a word for the shell is quoted when it needs to be', () => {
  expect([shellWord('out/a.json'), shellWord("it's here.json")]).toEqual(['out/a.json', `'it'\\''s here.json'`])
})

it('colour is for terminals, and for those who did not refuse it', () => {
  const terminal = captured({ isTTY: true })
  expect(styleFor(terminal, {}).strong('a')).not.toBe('a')
  expect(styleFor(terminal, { NO_COLOR: '1' }).strong('a')).toBe('a')
  expect(styleFor(captured(), {}).strong('a')).toBe('a')
})
