import { TraceBuilder, type Trace } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'

const { collapsed } = index

type Slice = [name: string, startNs: number, endNs: number]

describe('collapsed()', () => {
  it.each(serializerChecks(collapsed()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['collapsed'])
    expect(collapsed()).toMatchObject({ id: 'collapsed', extensions: ['.collapsedstack.txt', '.collapsed', '.folded'] })
  })

  it.each<[object, string]>([
    [{ row: true }, 'collapsed() has no option "row". It has: raw.'],
    [{ raw: 'no' }, 'collapsed() option "raw" is no. Give true or false.'],
  ])('refuses %j', (options, message) => {
    expect(() => collapsed(options)).toThrow(message)
  })

  it.each([
    ['a;b 12\n', true],
    ['# comment\n\na;b 12\na 3.5', true],
    ['a;b\n', false],
    ['{"a": 1\n', false],
    ['[1, 2\n', false],
    ['', false],
    ['# only a comment\n', false],
  ])('detects %j: %s', (head, expected) => {
    expect(collapsed().detect?.(new TextEncoder().encode(head))).toBe(expected)
  })

  it('detects a file by the whole lines of its head', () => {
    const text = `${'a;b 1\n'.repeat(1000)}`.slice(0, 4093) + 'xyz'
    expect(collapsed().detect?.(new TextEncoder().encode(text))).toBe(true)
  })
})

describe('a file that was written', () => {
  it('has the time of each path, dearest first', () => {
    const trace = traceOf({
      main: [
        ['main', 0, 100],
        ['a', 0, 10],
        ['b', 10, 50],
        ['a', 60, 70],
        ['c', 20, 50],
      ],
    })
    expect(write(trace)).toBe('main 40\nmain;b 10\nmain;b;c 30\nmain;a 20\n')
  })

  it('has the threads as outermost frames when there are several', () => {
    expect(write(traceOf({ main: [['m', 0, 1]], '': [['w', 0, 2]], idle: [] }))).toBe('main;m 1\nthread-8;w 2\n')
  })

  it.each([
    ['a;b', 'a:b'],
    ['a\nb\r\u2028c', 'a b c'],
    ['#x', '_#x'],
    ['item 12', 'item_12'],
    ['', '(anonymous)'],
    ['__proto__', '__proto__'],
    ['é 日本', 'é 日本'],
    ['x'.repeat(1_000_000), 'x'.repeat(1_000_000)],
  ])('has the name %j in a form that keeps lines and frames apart', async (name, written) => {
    const text = write(traceOf({ main: [[name, 0, 5]] }))
    expect(text.replace(/^# .*\n/, '')).toBe(`${written} 5\n`)
    expect(format((await read(text)).trace)).toBe(`${written} @0+5`)
  })

  it('says what it is when it has no stack', async () => {
    const text = write(traceOf({ main: [] }))
    expect(text).toBe('# collapsed stacks, in nanoseconds\n')
    expect(format((await read(text)).trace)).toBe('')
  })

  it('is read back as slices with the same sums', async () => {
    const text = write(
      traceOf({
        main: [
          ['main', 0, 100],
          ['a', 0, 10],
          ['b', 10, 50],
        ],
      }),
    )
    const { trace, warnings } = await read(text)
    expect(warnings).toEqual([])
    expect(format(trace)).toBe('main @0+100\n  b @50+40\n  a @90+10')
    expect(write(trace)).toBe(text)
  })

  it('takes 3,000 levels in small pieces', () => {
    const slices = Array.from({ length: 3000 }, (_, i): Slice => [`f${i}`, i, 10_000 - i])
    const pieces = [...pieceOf(traceOf({ main: slices }))]
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(65_536)
  })
})

describe('a file of another program', () => {
  it('is read with its comments, empty lines, fractions and foreign line ends', async () => {
    const { trace, warnings } = await read('# perf\r\na;b 2.5\r\n\r\na 1.5\r\nc 1')
    expect(warnings).toEqual([])
    expect(format(trace)).toBe('a @0+4\n  b @0+2.5\nc @4+1')
  })

  it('is read in spite of lines that are none, with a warning', async () => {
    const { trace, warnings } = await read('a 1\nwhat is this\nb 2\n?\n')
    expect(format(trace)).toBe('a @0+1\nb @1+2')
    expect(warnings).toEqual(['Lines that are no stacks were skipped: 2, the first at byte 4, "what is this".'])
  })

  it('has its places named whatever the pieces in which it comes', async () => {
    const pieces = Array.from(new TextEncoder().encode('long;name 12\nbad\n'), (byte) => Uint8Array.of(byte))
    const { warnings } = (await collapsed().deserialize?.(pieces)) ?? expect.fail('it reads')
    expect(warnings).toEqual(['Lines that are no stacks were skipped: 1, the first at byte 13, "bad".'])
  })

  it.each([
    ['', 'the file has no lines'],
    ['hello\n', 'the first line, at byte 0, "hello", is no stack'],
    [`\n\n${'x'.repeat(100)}\n`, `the first line, at byte 2, "${'x'.repeat(40)}…", is no stack`],
  ])('that is %j is refused', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'NOT_A_TRACE', message: expect.stringContaining(message) })
  })

  it('is refused when a line does not end', async () => {
    const piece = new Uint8Array(2 ** 25).fill(0x61)
    const endless = (function* () {
      for (;;) yield piece
    })()
    await expect(collapsed().deserialize?.(endless)).rejects.toThrow('the line at byte 0 is longer than 256 MB')
  })
})

function traceOf(threads: Readonly<Record<string, readonly Slice[]>>): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  for (const [index, [name, slices]] of Object.entries(threads).entries()) {
    const thread = builder.addThread({ process, tid: 7 + index, name })
    for (const [slice, startNs, endNs] of slices) {
      const site = builder.addSite({ kind: 'function', name: slice, file: '', line: 0, column: 0 })
      builder.addSlice(thread, site, startNs, endNs)
    }
  }
  return builder.build({ producer: '', clock: '', originEpochMs: 0 })
}

function pieceOf(trace: Trace): Iterable<Uint8Array> {
  const pieces = collapsed().serialize(trace)
  return Symbol.iterator in pieces ? pieces : expect.fail('the writer is synchronous')
}

function write(trace: Trace): string {
  return Buffer.concat([...pieceOf(trace)]).toString()
}

async function read(text: string) {
  return (await collapsed().deserialize?.([new TextEncoder().encode(text)])) ?? expect.fail('it reads')
}

function format(trace: Trace): string {
  const [track] = trace.tracks
  if (track.kind !== 'thread') throw new Error('a thread comes first')
  const { length, site, startNs, durationNs, depth } = track.slices
  return Array.from({ length }, (_, i) => {
    return `${'  '.repeat(depth[i])}${trace.sites[site[i]].name} @${startNs[i]}+${durationNs[i]}`
  }).join('\n')
}
