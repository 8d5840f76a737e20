import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '../src/json-fault.js'
import { readJson } from '../src/index.js'

const bytes = (text: string) => [new TextEncoder().encode(text)]

describe('readJson', () => {
  it('gives the value of a text that comes in pieces of any size', async () => {
    const all = new TextEncoder().encode('\ufeff {"a":["é😀"]}')
    const pieces = Array.from(all, (byte) => Uint8Array.of(byte))
    expect(await readJson(pieces, '')).toEqual({ value: { a: ['é😀'] }, warnings: [] })
  })

  it('gives what is whole of a text that was cut short, and says so', async () => {
    expect(await readJson(bytes('{"a":[1,{"b":2},{"c":'), '')).toEqual({
      value: { a: [1, { b: 2 }] },
      warnings: ['The file was cut short at byte 21; what follows is missing.'],
    })
  })

  it.each([
    ['', 'Cannot read the trace: the file is empty. Give one.'],
    [' \n', 'Cannot read the trace: the file is empty. Give one.'],
    ['hello', 'no JSON from byte 0 on'],
    ['{"é": nope}', 'no JSON from byte 7 on'],
    ['{"a":1,}', 'no JSON from byte 7 on'],
    ['[1 2]', 'no JSON from byte 3 on'],
    ['[1]]', 'no JSON from byte 3 on'],
    ['["\\x"]', 'no JSON from byte 1 on'],
    ['{"a" 1}', 'no JSON from byte 5 on'],
    ['[01]', 'no JSON from byte 1 on'],
    ['{', 'no JSON from byte 1 on'],
  ])('refuses %j and says where it is broken', async (text, message) => {
    await expect(readJson(bytes(text), 'Give one.')).rejects.toMatchObject({
      code: 'NOT_A_TRACE',
      message: expect.stringContaining(message),
    })
  })

  it('refuses what is too long for one text without reading on', async () => {
    const piece = new Uint8Array(2 ** 26).fill(0x20)
    let taken = 0
    const endless = (function* () {
      for (;;) {
        taken++
        yield piece
      }
    })()
    await expect(readJson(endless, '')).rejects.toThrow('it goes on after byte 536,870,888')
    expect(taken).toBe(8)
  })
})

describe('findJsonFault', () => {
  const values = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.array(fc.json({ maxDepth: 3 }), { minLength: 1 }).map((all) => `[${all.join(' , ')}]`),
  )

  it('takes every text that was cut for one, and what it leaves is JSON', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        const cut = text.slice(0, Math.floor(text.length * share))
        fc.pre(!isJson(cut))
        const { isCut, readable } = findJsonFault(cut)
        expect(isCut).toBe(true)
        expect(readable === '' || isJson(readable)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('finds a character that stands where none may', () => {
    fc.assert(
      fc.property(values, fc.nat(), (text, at) => {
        const position = at % text.length
        const broken = `${text.slice(0, position)}\u0001${text.slice(position)}`
        const fault = findJsonFault(broken)
        expect(fault.isCut).toBe(false)
        expect(fault.position).toBeLessThanOrEqual(position)
      }),
      { numRuns: 500 },
    )
  })

  it('is not lost in 100,000 arrays that lie in one another', () => {
    expect(findJsonFault('['.repeat(100_000))).toMatchObject({ position: 100_000, isCut: true })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
