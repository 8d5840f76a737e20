import { describe, expect, it } from 'vitest'
import { TracerError, type Trace, type TraceSerializer } from '../../src/index.js'
import { sampleTraces, serializerChecks, traceDifference } from '../../src/testing/index.js'

/** Writes which sample a trace is; a format of one byte for each, and a second that says that it is whole. */
const KNOWN = sampleTraces().map(({ trace }) => trace)
const MARK = 42

const toy = {
  id: 'toy',
  extensions: ['.toy'],
  serialize: (trace: Trace): Uint8Array[] => [Uint8Array.of(MARK), Uint8Array.of(indexOf(trace), MARK)],
  detect: (head: Uint8Array): boolean => head[0] === MARK,
  deserialize: async (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => {
    const bytes: number[] = []
    for await (const piece of source) bytes.push(...piece)
    const trace = bytes[0] === MARK ? KNOWN.at(bytes[1] ?? NaN) : undefined
    if (trace === undefined) throw new TracerError('NOT_A_TRACE', 'not a toy')
    return { trace, warnings: bytes[2] === MARK ? [] : ['cut'] }
  },
} satisfies TraceSerializer

describe('serializerChecks', () => {
  it('pass for a serializer that does all it should', async () => {
    expect(await failures(toy)).toEqual([])
  })

  it('leave out reading when the serializer does not read', async () => {
    const { deserialize: _, ...writer } = toy
    const names = serializerChecks(writer).map(({ name }) => name)
    expect(names.filter((name) => /^(reads|knows|refuses)/.test(name))).toEqual([])
    expect(await failures(writer)).toEqual([])
  })

  it.each<[string, Partial<TraceSerializer>, RegExp]>([
    ['an ending without a dot', { extensions: ['toy'] }, /^has an id and endings/],
    ['no ending', { extensions: [] }, /^has an id and endings/],
    ['an id of two words', { id: 'a toy' }, /^has an id and endings/],
    ['bytes that differ each time', { serialize: changing() }, /^writes the same bytes/],
    ['a piece that is used again', { serialize: reusing() }, /^hands over pieces/],
    ['pieces of text', { serialize: () => ['text' as never] }, /^hands over pieces/],
    ['a file it does not know', { detect: () => false }, /^knows its own file/],
    ['any file that it takes for its own', { detect: () => true }, /^knows its own file/],
    ['a trace that lost something', { deserialize: reading(KNOWN[1]) }, /^reads back/],
    ['a warning about a whole file', { deserialize: reading(undefined, ['odd']) }, /^reads back/],
    ['pieces it puts together wrongly', { deserialize: firstPieceOnly() }, /^reads a file in pieces/],
    ['another error for a file that was cut', { deserialize: throwing(new TypeError()) }, /^reads a file that was cut/],
    ['another error for what is no trace', { deserialize: throwing(new RangeError()) }, /^refuses what is no trace/],
  ])('find %s', async (_, fault, check) => {
    expect(await failures({ ...toy, ...fault })).toContainEqual(expect.stringMatching(check))
  })

  it('accept a trace that lost what the serializer says it leaves out', async () => {
    const lossy = { ...toy, omits: () => ['everything'], deserialize: reading(KNOWN[1]) }
    expect(await failures(lossy)).not.toContainEqual(expect.stringMatching(/^reads back/))
  })
})

describe('sampleTraces', () => {
  it('are the same ones each time', () => {
    expect(traceDifference(sampleTraces(), sampleTraces())).toBeUndefined()
  })
})

describe('traceDifference', () => {
  it.each<[string, unknown, unknown, string | undefined]>([
    ['equal columns', { a: new Int32Array([1, 2]) }, { a: new Int32Array([1, 2]) }, undefined],
    ['not a number', new Float64Array([NaN]), new Float64Array([NaN]), undefined],
    ['a value', { a: [1, 'x'] }, { a: [1, 'y'] }, 'trace.a.1: expected "x", found "y"'],
    ['a row too few', new Int32Array([1, 2]), new Int32Array([1]), 'trace.1: expected 2, found nothing'],
    ['a row too many', new Set([7]), new Set([7, 8]), 'trace.8: expected nothing, found true'],
    ['a map', new Map([['k', 1]]), new Map([['k', 2]]), 'trace.k: expected 1, found 2'],
    ['another kind', { a: {} }, { a: 1 }, 'trace.a: expected [object Object], found 1'],
  ])('tells of %s', (_, expected, actual, difference) => {
    expect(traceDifference(expected, actual)).toBe(difference)
  })
})

/** Names of the checks that throw. */
async function failures(serializer: TraceSerializer): Promise<string[]> {
  const failed: string[] = []
  for (const { name, run } of serializerChecks(serializer)) {
    await run().catch(() => failed.push(name))
  }
  return failed
}

function indexOf(trace: Trace): number {
  return KNOWN.findIndex((known) => traceDifference(known, trace) === undefined)
}

function changing(): TraceSerializer['serialize'] {
  let count = 0
  return () => [Uint8Array.of(count++)]
}

function reusing(): TraceSerializer['serialize'] {
  return function* () {
    const piece = Uint8Array.of(1)
    yield piece
    piece[0] = 2
    yield piece
  }
}

type Deserialize = NonNullable<TraceSerializer['deserialize']>

function reading(trace: Trace | undefined, warnings: string[] = []): Deserialize {
  return async (source) => {
    const read = await toy.deserialize(source)
    return { trace: trace ?? read.trace, warnings }
  }
}

function firstPieceOnly(): Deserialize {
  return async (source) => {
    for await (const piece of source) {
      return toy.deserialize([piece.length === 1 ? Uint8Array.of(MARK, 0, MARK) : piece])
    }
    return toy.deserialize([])
  }
}

function throwing(error: Error): Deserialize {
  return async (source) => {
    await toy.deserialize(source).then(
      ({ warnings }) => {
        if (warnings.length > 0) throw error
      },
      () => Promise.reject(error),
    )
    return toy.deserialize(source)
  }
}
