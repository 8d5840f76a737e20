import { describe, expect, it } from 'vitest'
import { checkLayers, formatDot } from '../../../scripts/lib/layers.mjs'
import { writeWorkspace, type FileTree } from './file-tree.js'

const RULES = {
  arrows: {
    'packages/core': [],
    'packages/loader': ['packages/core'],
    'apps/*': ['packages/*'],
  },
  portable: [{ folder: 'packages/core/src/', except: 'packages/core/src/node/' }],
}

const USES_CORE = { dependencies: { '@t/core': 'workspace:*' } }

/** A workspace without a fault: `app -> loader -> core`. */
const SOUND: FileTree = {
  'packages/core/package.json': { name: '@t/core' },
  'packages/core/src/index.ts': `export { now } from './clock.js'`,
  'packages/core/src/node/index.ts': `import { hrtime } from 'node:process'`,
  'packages/loader/package.json': { name: '@t/loader', ...USES_CORE },
  'packages/loader/src/index.ts': `import { now } from '@t/core/node'`,
  'apps/app/package.json': { name: '@t/app', dependencies: { '@t/loader': 'workspace:*' } },
  'apps/app/src/index.ts': `import '@t/loader'`,
}

/** What is wrong after `change` was made to a sound workspace. */
function problemsAfter(change: FileTree): string[] {
  return checkLayers(writeWorkspace({ ...SOUND, ...change }), RULES).problems
}

describe('checkLayers', () => {
  it('accepts what the rules allow', () => {
    expect(problemsAfter({})).toEqual([])
  })

  it.each([
    ['a static import', `import { x } from '@t/loader'`],
    ['a type import', `import type { X } from '@t/loader'`],
    ['a path in a package', `import '@t/loader/hooks'`],
    ['a re-export', `export { x } from '@t/loader'`],
    ['a dynamic import', `const x = await import('@t/loader')`],
    ['a template without holes', 'const x = await import(`@t/loader`)'],
    ['require', `const x = require('@t/loader')`],
    ['import = require', `import x = require('@t/loader')`],
    ['an import type', `type X = import('@t/loader').X`],
    ['import.meta.resolve', `const x = import.meta.resolve('@t/loader')`],
    ['require.resolve', `const x = require.resolve('@t/loader')`],
  ])('finds an upward arrow in %s', (_, code) => {
    expect(problemsAfter({ 'packages/core/src/node/up.ts': `\n${code}` })).toContain(
      'packages/core/src/node/up.ts:2: packages/core may not use packages/loader, ' +
        'only no package of the workspace; move the code, or pass it in.',
    )
  })

  it.each(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'])(
    'finds an upward arrow in %s of a package.json',
    (kind) => {
      const manifest = { name: '@t/core', [kind]: { '@t/loader': 'workspace:*' } }
      expect(problemsAfter({ 'packages/core/package.json': manifest })).toContain(
        'packages/core/package.json: packages/core may not use packages/loader, ' +
          'only no package of the workspace; move the code, or pass it in.',
      )
    },
  )

  it('finds an upward arrow in a test', () => {
    const [problem] = problemsAfter({ 'packages/core/test/a.test.ts': `import '@t/loader'` })
    expect(problem).toMatch(/^packages\/core\/test\/a\.test\.ts:1: packages\/core may not use packages\/loader/)
  })

  it('reads code, not comments or strings', () => {
    const code = `// import '@t/loader'\n/* require('@t/loader') */\nexport const text = "import '@t/loader'"`
    expect(problemsAfter({ 'packages/core/src/text.ts': code })).toEqual([])
  })

  it('finds a package nobody has decided about', () => {
    expect(problemsAfter({ 'packages/new/package.json': { name: '@t/new' } })).toEqual([
      'packages/new: has no row in scripts/lib/layer-rules.mjs; decide there what it may use.',
    ])
  })

  it('finds an import that package.json does not list', () => {
    expect(problemsAfter({ 'packages/loader/package.json': { name: '@t/loader' } })).toEqual([
      'packages/loader/src/index.ts:1: imports @t/core, which packages/loader/package.json does not list; add it.',
    ])
  })

  it('finds an import that users would not get', () => {
    const manifest = { name: '@t/loader', devDependencies: USES_CORE.dependencies }
    expect(problemsAfter({ 'packages/loader/package.json': manifest })).toEqual([
      'packages/loader/src/index.ts:1: imports @t/core, which users would not get; move it to "dependencies".',
    ])
  })

  it('accepts it in a private package, which has no users', () => {
    const manifest = { name: '@t/loader', private: true, devDependencies: USES_CORE.dependencies }
    expect(problemsAfter({ 'packages/loader/package.json': manifest })).toEqual([])
  })

  it('finds a listed package that nothing imports', () => {
    expect(problemsAfter({ 'packages/loader/src/index.ts': 'export {}' })).toEqual([
      'packages/loader/package.json: lists @t/core, which nothing imports; remove it.',
    ])
  })

  it('finds a path into another package', () => {
    expect(problemsAfter({ 'packages/loader/src/path.ts': `import '../../core/src/index.js'` })).toEqual([
      'packages/loader/src/path.ts:1: ../../core/src/index.js lies in another package; import it by name.',
    ])
  })

  it('accepts what lies at the root for all', () => {
    expect(problemsAfter({ 'packages/loader/tsup.config.ts': `import '../../tsup.preset.js'` })).toEqual([])
  })

  it.each([
    ['node:fs', 'a module of Node'],
    ['fs', 'a module of Node'],
    ['picomatch', 'a dependency'],
  ])('finds %s in source that has to run anywhere', (specifier, what) => {
    expect(problemsAfter({ 'packages/core/src/deep/a.ts': `import '${specifier}'` })).toEqual([
      `packages/core/src/deep/a.ts:1: imports ${specifier}, ${what}, but has to run anywhere; move it or pass it in.`,
    ])
  })

  it('draws each arrow once', () => {
    const { arrows } = checkLayers(writeWorkspace(SOUND), RULES)
    expect(formatDot(arrows)).toBe(
      [
        'digraph tracer {',
        '  rankdir=BT',
        '  "apps/app" -> "packages/loader"',
        '  "packages/loader" -> "packages/core"',
        '}',
      ].join('\n'),
    )
  })
})
