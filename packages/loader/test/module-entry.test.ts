import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mayStartWithModules } from '../src/module-entry.js'

const folder = mkdtempSync(join(tmpdir(), 'tracer-entry-'))
mkdirSync(join(folder, 'esm'))
writeFileSync(join(folder, 'esm/package.json'), '{"type":"module"}')
writeFileSync(join(folder, 'package.json'), '{}')
for (const file of ['esm/a.js', 'esm/a.cjs', 'esm/a.cts', 'a.js', 'a.mjs', 'a.cts', 'bin']) {
  writeFileSync(join(folder, file), '')
}
symlinkSync('esm/a.js', join(folder, 'link.js'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('whether a program may start with ES modules', () => {
  it.each([
    ['a.js', false],
    ['a.cts', false],
    ['esm/a.cjs', false],
    ['esm/a.cts', true],
    ['a.mjs', true],
    ['esm/a.js', true],
    ['link.js', true],
    ['bin', true],
    ['missing.js', true],
  ])('%s: %s', (file, expected) => {
    expect(mayStartWithModules(['node', join(folder, file)], ['--require', 'x'])).toBe(expected)
  })

  it('when there is no entry', () => {
    expect(mayStartWithModules(['node'], [])).toBe(true)
  })

  it.each(['--import', '--import=x', '--loader', '--experimental-loader=x', '--input-type=module'])(
    'with %s',
    (option) => {
      expect(mayStartWithModules(['node', join(folder, 'a.js')], [option])).toBe(true)
    },
  )
})
