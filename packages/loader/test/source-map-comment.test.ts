import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inlineSourceMap, needsSourceMaps, sourceMapOf } from '../src/source-map-comment.js'

const folder = mkdtempSync(join(tmpdir(), 'tracer-maps-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the source map of a file', () => {
  it('is read from a comment that carries it', () => {
    expect(sourceMapOf(`f()${inlineSourceMap({ version: 3 })}`, '/a.js')).toEqual({ map: '{"version":3}' })
  })

  it('is read from a comment that carries it as percent-encoded text', () => {
    expect(sourceMapOf('f()\n//# sourceMappingURL=data:application/json,%7B%22version%22%3A3%7D', '/a.js')).toEqual({
      map: '{"version":3}',
    })
  })

  it('is read from the file that a comment names', () => {
    writeFileSync(join(folder, 'a b.js.map'), '{"version":3,"names":[]}')
    expect(sourceMapOf('f()\n//# sourceMappingURL=a%20b.js.map\n', join(folder, 'a.js'))).toEqual({
      map: '{"version":3,"names":[]}',
    })
  })

  it('is that of the last comment', () => {
    const code = `//# sourceMappingURL=missing.map\n${inlineSourceMap({ version: 3 })}`
    expect(sourceMapOf(code, '/a.js')).toEqual({ map: '{"version":3}' })
  })

  it.each(['f()', '//# sourceMappingURL=', 'eval("g()\\n//# sourceMappingURL=a.map\\n//# sourceURL=a")'])(
    'is absent for %j',
    (code) => {
      expect(sourceMapOf(code, join(folder, 'a.js'))).toBeUndefined()
    },
  )

  it.each([
    ['//# sourceMappingURL=missing.js.map', 'ENOENT'],
    ['//# sourceMappingURL=data:no-comma', 'holds nothing'],
    ['//# sourceMappingURL=%ZZ', 'malformed'],
    ['//# sourceMappingURL=.', 'EISDIR'],
    ['//# sourceMappingURL=/dev/zero', 'empty'],
  ])('is a problem, and no error, for %j', (code, problem) => {
    expect(sourceMapOf(code, join(folder, 'a.js'))).toEqual({ problem: expect.stringContaining(problem) as string })
  })
})

describe('texts carry source maps', () => {
  it.each([
    ['for coverage of a worker', false, { NODE_V8_COVERAGE: 'coverage' }, [], true],
    ['not for coverage of the main thread, which is led back itself', true, { NODE_V8_COVERAGE: 'coverage' }, [], false],
    ['for a debugger', true, {}, ['--inspect-brk=0'], true],
    ['for a debugger at the usual port', true, {}, ['--inspect'], true],
    ['not for the port of a debugger that may come', true, {}, ['--inspect-port=0', 'app.js'], false],
  ])('%s', (_, isMainThread, environment, options, isNeeded) => {
    expect(needsSourceMaps(isMainThread, environment, options)).toBe(isNeeded)
  })
})
