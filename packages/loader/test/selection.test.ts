import { describe, expect, it } from 'vitest'
import type { RecordOptions } from '../src/record-options.js'
import { Selection } from '../src/selection.js'

const root = '/home/me/app'

describe('which files are traced', () => {
  it.each<[RecordOptions, string, string | undefined]>([
    [{}, `${root}/src/a.ts`, undefined],
    [{}, '/elsewhere/b.js', undefined],
    [{}, `${root}/node_modules/left-pad/index.js`, 'node_modules'],
    [{ packages: 'all' }, `${root}/node_modules/left-pad/index.js`, undefined],
    [{ packages: ['left-pad'] }, `${root}/node_modules/left-pad/index.js`, undefined],
    [{ packages: ['left-pad'] }, `${root}/node_modules/right-pad/index.js`, 'node_modules'],
    [{ packages: ['left-pad'] }, `${root}/node_modules/left-pad/node_modules/inner/i.js`, 'node_modules'],
    [{ packages: ['@scope/pad'] }, `${root}/node_modules/@scope/pad/index.js`, undefined],
    [{ packages: ['@scope/pad'] }, `${root}/node_modules/@scope/other/index.js`, 'node_modules'],
    [{ packages: ['pad'] }, `${root}/node_modules/.pnpm/pad@1.0.0/node_modules/pad/index.js`, undefined],
    [{ include: ['src'] }, `${root}/src/deep/a.ts`, undefined],
    [{ include: ['./src/'] }, `${root}/src/a.ts`, undefined],
    [{ include: ['src'] }, `${root}/test/a.ts`, 'not included'],
    [{ include: ['src/**/*.ts'] }, `${root}/src/a.js`, 'not included'],
    [{ include: ['src', 'test'] }, `${root}/test/a.ts`, undefined],
    [{ include: ['/elsewhere/**'] }, '/elsewhere/b.js', undefined],
    [{ include: ['**/*.ts'] }, `${root}/.hidden/a.ts`, undefined],
    [{ exclude: ['src/generated'] }, `${root}/src/generated/g.ts`, 'excluded'],
    [{ exclude: ['src/generated'] }, `${root}/src/a.ts`, undefined],
    [{ include: ['src'], exclude: ['**/*.test.ts'] }, `${root}/src/a.test.ts`, 'excluded'],
    [{ include: ['src'], packages: 'all' }, `${root}/node_modules/p/src/a.js`, 'not included'],
  ])('%j leaves %s alone because: %s', (options, file, reason) => {
    expect(new Selection({ root, ...options }).filterReason(file)).toBe(reason)
  })
})
