import type { SiteId } from '@tracer/core'
import type { InstrumentOptions } from '@tracer/instrument'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cachedTransforms } from '../src/cached-transforms.js'
import type { Transforms } from '../src/module-instrumenter.js'
import { relocated } from '../src/relocation.js'
import { clearCache, prune } from '../src/cache-folder.js'
import { TransformCache } from '../src/transform-cache.js'
import { transforms } from '../src/transforms.js'
import { bareAndRecorded } from './compare.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CODE = `
const f = async (a) => { try { await a } finally { g() } }, n = 5
function* g() { yield n; for (const x of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) { (() => x)() } }
class A { m() { return $t_enter(1) } get p() { return 'exit(3)' } }
/* @notrace */ function h() {}`

function options(firstSiteId: number): InstrumentOptions {
  return {
    file: '/app.js',
    format: 'commonjs',
    firstSiteId: firstSiteId as SiteId,
    probeModule: 'file:///probes.mjs',
    probeGlobal: 'PROBES',
    trivialFunctions: 'trace',
  }
}

function instrumented(from: Transforms, firstSiteId: number, code = CODE) {
  const result = from.instrument(code, options(firstSiteId))
  if ('skipped' in result) throw new Error(result.message)
  const { map, ...rest } = result
  // Where it is kept, which only those from the cache know.
  return { ...rest, kept: undefined, mappings: map().mappings }
}

describe('relocation', () => {
  it.each([2, 9, 95, 12_345])('gives what instrumenting with first id %d gives', (firstSiteId) => {
    const [first, wanted] = [1, firstSiteId].map((id) => instrumented(transforms, id))
    expect(relocated(first, firstSiteId - 1)).toEqual({ code: wanted.code, insertions: wanted.insertions })
  })
})

describe('cached transforms', () => {
  const never: Transforms = {
    instrument: () => {
      throw new Error('not from the cache')
    },
    compileTypeScript: () => {
      throw new Error('not from the cache')
    },
    detectFormat: () => {
      throw new Error('not from the cache')
    },
  }

  it('give the same the second time, without the parser, under other ids', () => {
    instrumented(
      cachedTransforms(() => transforms, new TransformCache(folder, '1')),
      1,
    )
    const again = cachedTransforms(
      () => ({ ...never, instrument: transforms.instrument }),
      new TransformCache(folder, '1'),
    )
    expect(instrumented(again, 500)).toEqual(instrumented(transforms, 500))
    const withoutParser = cachedTransforms(() => never, new TransformCache(folder, '1'))
    expect(withoutParser.instrument(CODE, options(7))).toMatchObject({
      isErasable: true,
      functionsSkipped: { notrace: 1 },
    })
  })

  it('keep compiled TypeScript and formats too', () => {
    const code = 'enum E { A }\nexport const a: E = E.A'
    const first = cachedTransforms(() => transforms, new TransformCache(folder, '1'))
    const compiled = first.compileTypeScript(code, '/a.ts', 'module')
    expect(first.detectFormat(code, '/a.ts', 'ts')).toBe('module')
    const second = cachedTransforms(() => never, new TransformCache(folder, '1'))
    expect(second.compileTypeScript(code, '/a.ts', 'module')).toEqual(compiled)
    expect(second.detectFormat(code, '/a.ts', 'ts')).toBe('module')
  })

  it.each([
    ['another text', `${CODE} `, {}, '1'],
    ['another file', CODE, { file: '/b.js' }, '1'],
    ['another format', CODE, { format: 'module' }, '1'],
    ['another source map', CODE, { inputMap: '{}' }, '1'],
    ['other functions', CODE, { trivialFunctions: 'skip' }, '1'],
    ['another version', CODE, {}, '2'],
  ] as const)('are not used for %s', (_, code, more, version) => {
    cachedTransforms(() => transforms, new TransformCache(folder, '1')).instrument(CODE, options(1))
    const other = cachedTransforms(() => never, new TransformCache(folder, version))
    expect(() => other.instrument(code, { ...options(1), ...more })).toThrow('not from the cache')
  })

  it('keep nothing of a file that cannot be instrumented', () => {
    cachedTransforms(() => transforms, new TransformCache(folder, '1')).instrument('function (', options(1))
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the cache', () => {
  const entry = { facts: { a: [1] }, sites: '["é"]', numbers: Int32Array.of(1, -2), text: 'häl\u2028lo' }
  const key = { kind: 'kind', parameters: ['p'], input: 'text' }

  it.each([
    ['ASCII', 'text'],
    ['Latin-1', 'é'],
    ['other characters', '\u2028'],
    ['half a character', '"\ud800"'],
    ['no character', ''],
  ])('gives back what was written for a text of %s', (_, input) => {
    const cache = new TransformCache(folder, '1')
    expect(cache.read({ ...key, input })).toBeUndefined()
    cache.write({ ...key, input }, { ...entry, text: input })
    expect(cache.read({ ...key, input })).toEqual({ ...entry, text: input })
  })

  it.each([
    ['parts that look alike when joined', { parameters: ['ab', 'c'] }, { parameters: ['a', 'bc'] }],
    ['texts of one length', { input: 'text' }, { input: 'tuxt' }],
    ['long texts', { input: `${'é'.repeat(1e6)}a` }, { input: `${'é'.repeat(1e6)}b` }],
    ['long texts of other characters', { input: `${'→'.repeat(1e6)}a` }, { input: `${'→'.repeat(1e6)}b` }],
    ['characters that share a byte', { input: '\u0141' }, { input: 'A' }],
    // Their CRC-32 is the same, which is part of the file's name.
    ['parameters under one name', { parameters: ['plumless'] }, { parameters: ['buckeroo'] }],
  ])('tells apart %s', (_, one, other) => {
    const cache = new TransformCache(folder, '1')
    cache.write({ ...key, ...one }, entry)
    expect(cache.read({ ...key, ...other })).toBeUndefined()
    expect(cache.read({ ...key, ...one })).toEqual(entry)
  })

  it('takes a file that was damaged for none', () => {
    const cache = new TransformCache(folder, '1')
    cache.write(key, entry)
    const path = join(folder, readdirSync(folder)[0])
    const bytes = readFileSync(path)
    for (let i = 0; i < bytes.length; i++) {
      const damaged = Buffer.from(bytes)
      damaged[i] ^= 1
      writeFileSync(path, damaged)
      expect(cache.read(key)).toBeUndefined()
      writeFileSync(path, bytes.subarray(0, i))
      expect(cache.read(key)).toBeUndefined()
    }
  })

  it('removes what was not used for longest when there is too much', () => {
    for (const [i, name] of ['old', 'older', 'new'].entries()) {
      writeFileSync(join(folder, name), 'x'.repeat(100))
      const time = new Date(2026, 0, [2, 1, 3][i])
      utimesSync(join(folder, name), time, time)
    }
    prune(folder, 200)
    expect(readdirSync(folder).sort()).toEqual(['new', 'old'])
  })

  it('is emptied, also when there is none', () => {
    const environment = { TRACER_CACHE: folder }
    writeFileSync(join(folder, 'a'), 'xyz')
    expect(clearCache(environment)).toEqual({ files: 1, bytes: 3 })
    expect(clearCache(environment)).toEqual({ files: 0, bytes: 0 })
    expect(clearCache({ TRACER_CACHE: 'off' })).toEqual({ files: 0, bytes: 0 })
  })
})

describe('a program', () => {
  const files = { 'app.cjs': 'console.log(f()); function f() { return 1 }' }

  it.each([
    ['a folder that cannot be made', '/dev/null/cache'],
    ['no cache', 'off'],
  ])('runs as ever with %s', (_, folderName) => {
    process.env['TRACER_CACHE'] = folderName
    try {
      const { bare, recorded } = bareAndRecorded(files)
      expect(recorded).toEqual(bare)
    } finally {
      delete process.env['TRACER_CACHE']
    }
  })
})
