import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as browser from '../src/browser.js'
import * as node from '../src/index.js'
import { all, inPieces, lines } from './support/lines.js'
import { SpecDecompressionStream } from './support/spec-stream.js'

const text = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `p${i * 7919}\n`).join(''))
const packed = gzipSync(text)

beforeAll(() => vi.stubGlobal('DecompressionStream', SpecDecompressionStream))
afterAll(() => vi.unstubAllGlobals())

describe.each([
  ['in Node', node],
  ['in browsers', browser],
])('decompressed() %s', (_, { decompressed, gzip }) => {
  it('unpacks pieces of any size', async () => {
    for (const size of [500, 1000, 1e6]) {
      expect((await all(decompressed(inPieces(packed, size)))).equals(text)).toBe(true)
    }
    expect((await all(decompressed(inPieces(gzipSync('a short text'), 1)))).toString()).toBe('a short text')
  })

  it('hands on what is not packed', async () => {
    for (const plain of ['', 'a', '\u001f', 'abc', '[{"name":"a"}]']) {
      expect((await all(decompressed(inPieces(Buffer.from(plain), 1)))).toString()).toBe(plain)
    }
  })

  it('gives what it can of a file that ends early, and says how much that was', async () => {
    const source = decompressed(inPieces(packed.subarray(0, 30_000), 1000))
    const unpacked = await all(source)
    expect(unpacked.length).toBeGreaterThan(60_000)
    expect(text.subarray(0, unpacked.length).equals(unpacked)).toBe(true)
    expect(source.warnings).toEqual([
      `The gzip file ends early, at byte 30,000: ${unpacked.length.toLocaleString('en-US')} bytes came out of it, the rest is lost.`,
    ])
  })

  it('says so too when only the last byte is missing', async () => {
    const source = decompressed([packed.subarray(0, -1)])
    expect((await all(source)).equals(text)).toBe(true)
    expect(source.warnings).toHaveLength(1)
  })

  it('hands the warning on with those of the reader', async () => {
    const result = await gzip(lines).deserialize?.([packed.subarray(0, 30_000)])
    expect(result?.warnings).toEqual([expect.stringContaining('ends early'), 'a warning of lines'])
  })

  it('refuses a damaged file and names the place', async () => {
    const damaged = Buffer.from(packed)
    damaged.fill(0xff, 25_000, 25_100)
    await expect(all(decompressed([damaged]))).rejects.toMatchObject({
      code: 'NOT_A_TRACE',
      message: expect.stringMatching(
        /the gzip file is damaged between bytes 16,384 and 32,768 \(.+\), after [\d,]+ bytes came out of it/,
      ),
      cause: expect.any(Error),
    })
  })

  it('neither crashes nor hangs on bytes that were changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), fc.nat(255), fc.nat(packed.length), async (at, byte, end) => {
        const changed = Buffer.from(packed)
        changed[at] = byte
        const source = decompressed(inPieces(changed.subarray(0, end), 5000))
        await all(source).catch((error: unknown) => expect(error).toMatchObject({ code: 'NOT_A_TRACE' }))
      }),
      { seed: 5, numRuns: 60 },
    )
  })
})

describe('decompressed() in Node', () => {
  it('unpacks files that were put together', async () => {
    const both = Buffer.concat([gzipSync('first '), gzipSync(''), gzipSync('second')])
    for (const size of [1, 1000]) {
      expect((await all(node.decompressed(inPieces(both, size)))).toString()).toBe('first second')
    }
  })

  it('unpacks a file with zeros behind it', async () => {
    expect((await all(node.decompressed([gzipSync('a'), new Uint8Array(5000)]))).toString()).toBe('a')
  })

  it('holds a small part of a file that unpacks to a thousand times its size', async () => {
    const bomb = gzipSync(new Uint8Array(2 ** 28), { level: 9 })
    let [bytes, highest] = [0, 0]
    const before = process.memoryUsage().arrayBuffers
    for await (const piece of node.decompressed([bomb])) {
      bytes += piece.length
      highest = Math.max(highest, process.memoryUsage().arrayBuffers - before)
    }
    expect(bytes).toBe(2 ** 28)
    expect(highest).toBeLessThan(2 ** 26)
  })
})
