import { describe, expect, it } from 'vitest'
import { listFiles, readManifest, readMembers } from '../../../scripts/lib/workspace.mjs'
import { writeWorkspace } from './file-tree.js'

describe('readMembers', () => {
  it('gives the packages that pnpm-workspace.yaml names, by folder', () => {
    const root = writeWorkspace({
      'packages/b/package.json': { name: '@t/b' },
      'apps/a/package.json': { name: '@t/a' },
      'packages/no-package/README.md': '',
      'elsewhere/c/package.json': { name: '@t/c' },
    })
    expect(readMembers(root).map(({ folder, name }) => [folder, name])).toEqual([
      ['apps/a', '@t/a'],
      ['packages/b', '@t/b'],
    ])
  })
})

describe('readManifest', () => {
  it('names the file it cannot read', () => {
    const root = writeWorkspace({ 'package.json': '{' })
    expect(() => readManifest(root)).toThrow(`Cannot read ${root}/package.json; correct it`)
  })
})

describe('listFiles', () => {
  it('leaves out what was generated or installed', () => {
    const root = writeWorkspace({
      'src/a.ts': '',
      'src/deep/b.mjs': '',
      'src/c.txt': '',
      'dist/a.js': '',
      'node_modules/x/index.js': '',
    })
    expect(listFiles(root, ['.ts', '.mjs', '.js'])).toEqual(['src/a.ts', 'src/deep/b.mjs'])
  })
})
