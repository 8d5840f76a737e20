import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as browser from '../src/browser.js'
import * as node from '../src/index.js'
import { all, lines, traceOf } from './support/lines.js'

const trace = traceOf(['p1', 'p2', 'é'.repeat(100_000)])

describe.each([
  ['in Node', node],
  ['in browsers', browser],
])('gzip() %s', (_, { gzip, decompressed }) => {
  it('is named after the serializer that it wraps', () => {
    expect(gzip(lines)).toMatchObject({ id: 'lines+gzip', extensions: ['.lines.gz', '.txt.gz'] })
  })

  it('writes what any gunzip unpacks', async () => {
    const packed = await all(gzip(lines).serialize(trace))
    expect(gunzipSync(packed).equals(await all(lines.serialize(trace)))).toBe(true)
  })

  it('reads what it wrote', async () => {
    const packed = await all(gzip(lines).serialize(trace))
    expect(await gzip(lines).deserialize?.([packed])).toEqual({ trace, warnings: ['a warning of lines'] })
  })

  it('reads what is not packed at all', async () => {
    expect(await gzip(lines).deserialize?.([await all(lines.serialize(trace))])).toMatchObject({ trace })
  })

  it('omits what the inner serializer omits', () => {
    expect(gzip(lines).omits?.(trace)).toEqual(['all but names'])
  })

  it('reads only if the inner serializer does, and omits nothing of its own', () => {
    const { id, extensions, serialize } = lines
    expect(Object.keys(gzip({ id, extensions, serialize }))).toEqual(['id', 'extensions', 'serialize', 'detect'])
  })

  it.each<[object, string]>([
    [{ level: 0 }, 'gzip() option "level" is 0. Give a whole number from 1 to 9.'],
    [{ level: 1.5 }, 'gzip() option "level" is 1.5.'],
    [{ speed: 3 }, 'gzip() has no option "speed". It has: level.'],
  ])('refuses %j', (options, message) => {
    expect(() => gzip(lines, options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    )
  })

  it('passes on what the inner serializer throws', async () => {
    const broken = { ...lines, serialize: () => brokenPieces() }
    await expect(all(gzip(broken).serialize(trace))).rejects.toThrow('no more')
  })

  it('takes pieces as they are asked for', async () => {
    let taken = 0
    const endless = {
      ...lines,
      *serialize() {
        for (;;) {
          taken++
          yield crypto.getRandomValues(new Uint8Array(60_000))
        }
      },
    }
    for await (const _ of gzip(endless).serialize(trace)) break
    expect(taken).toBeLessThan(10)
  })

  it('says in what a file is packed', async () => {
    for (const [packed, compression] of [
      [await all(gzip(lines).serialize(trace)), 'gzip'],
      [Buffer.from('plain'), undefined],
    ] as const) {
      const source = decompressed([packed])
      await all(source)
      expect(source.compression).toBe(compression)
    }
  })
})

function* brokenPieces(): Generator<Uint8Array> {
  yield new Uint8Array(10)
  throw new Error('no more')
}

describe('gzip() in Node', () => {
  it('detects a packed file by what is in it', async () => {
    const detect = async (names: string[]) => {
      const packed = await all(node.gzip(lines).serialize(traceOf(names)))
      return node.gzip(lines).detect?.(packed.subarray(0, 4096))
    }
    expect(await detect(['p1'])).toBe(true)
    expect(await detect(['q1'])).toBe(false)
    expect(await detect(['p', ...Array.from({ length: 3000 }, () => crypto.randomUUID())])).toBe(true)
    expect(node.gzip(lines).detect?.(Buffer.from('p1'))).toBe(false)
  })

  it('packs smaller at a higher level', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `p${i * i}`)
    const sizes = await Promise.all(
      [1, 9].map(async (level) => (await all(node.gzip(lines, { level }).serialize(traceOf(names)))).length),
    )
    expect(sizes[1]).toBeLessThan(sizes[0])
  })
})

const hasZstd = 'zstdCompressSync' in (await import('node:zlib'))

describe.runIf(hasZstd)('zstd() where the runtime has it', () => {
  it('writes and reads', async () => {
    const packed = await all(node.zstd(lines).serialize(trace))
    expect(packed.subarray(0, 4)).toEqual(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
    expect(await node.zstd(lines).deserialize?.([packed])).toMatchObject({ trace })
    expect(await node.gzip(lines).deserialize?.([packed])).toMatchObject({ trace })
    expect(node.zstd(lines).detect?.(packed.subarray(0, 4096))).toBe(true)
  })

  it('reads frames that follow each other', async () => {
    const [first, second] = await Promise.all(
      ['p1', 'p2'].map(async (name) => all(node.zstd(lines).serialize(traceOf([name])))),
    )
    expect((await all(node.decompressed([first, second]))).toString()).toBe('p1\np2\n')
  })

  // Node.js 22 takes the end of such a file for its end.
  it.runIf(!process.version.startsWith('v22.'))(
    'gives what it can of a file that ends early, and says so',
    async () => {
      const packed = await all(
        node.zstd(lines).serialize(traceOf(Array.from({ length: 30_000 }, () => crypto.randomUUID()))),
      )
      const source = node.decompressed([packed.subarray(0, packed.length - 1000)])
      expect((await all(source)).length).toBeGreaterThan(100_000)
      expect(source.warnings).toEqual([expect.stringMatching(/^The zstd file ends early, at byte /)])
    },
  )
})

describe.runIf(!hasZstd)('zstd() where the runtime lacks it', () => {
  it('says what it needs', () => {
    expect(() => node.zstd(lines)).toThrow('zstd(): zstd needs Node.js 22.15 or 23.8 or later, and this is v')
  })

  it('says how to read such a file', async () => {
    const file = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0])
    await expect(all(node.decompressed([file]))).rejects.toMatchObject({
      code: 'NOT_A_TRACE',
      message: expect.stringContaining('Unpack the file first, with zstd -d.'),
    })
  })
})

it('zstd() in browsers says that there is none', () => {
  expect(() => browser.zstd(lines)).toThrow('zstd(): this browser has no zstd. Use gzip().')
})

it('both entries export the same', () => {
  expect(Object.keys(browser)).toEqual(Object.keys(node))
})
