import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compare } from './comparison.js'
import { HOOK_LANES, NODE_LANES } from './nodes.js'

const require = createRequire(import.meta.url)
const cwd = fileURLToPath(new URL('./fixtures/typescript-runners/', import.meta.url))
const modules = join(cwd, 'modules')

const ERASABLE = { '(module) erasable.ts': 1, double: 1, after: 1, fail: 2 }
const TRANSFORMED = { '(module) transformed.ts': 1, metres: 1, 'new Reading': 1, 'get text': 1, 'Reading.fail': 1 }
const MODULES = { '(module) main.ts': 1, '(module) level.ts': 1, describe: 2 }
// Checking types takes a second, and is the same with Tracer or without.
const env = { TS_NODE_TRANSPILE_ONLY: '1' }

describe.each(HOOK_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane.each([
    ['ts-node, as its command', [require.resolve('ts-node/dist/bin.js'), 'transformed.ts'], TRANSFORMED],
    ['--require ts-node/register', ['--require', require.resolve('ts-node/register'), 'transformed.ts'], TRANSFORMED],
    ['--require esbuild-register', ['--require', require.resolve('esbuild-register'), 'transformed.ts'], TRANSFORMED],
    ['--import tsx', ['--import', require.resolve('tsx'), 'transformed.ts'], TRANSFORMED],
  ])('%s', (_, args, functions) => {
    const { bare, traced, calls } = compare(node, args, { cwd, env })
    expect(traced).toEqual(bare)
    expect(traced.exitCode, traced.stderr).toBe(0)
    expect(calls).toMatchObject(functions)
  })

  lane.each([
    ['--loader ts-node/esm', ['--loader', require.resolve('ts-node/esm')]],
    ['tsx, as its command, of modules', [require.resolve('tsx/cli')]],
  ])('%s', (_, runner) => {
    const { bare, traced, calls } = compare(node, [...runner, 'main.ts'], { cwd: modules, env })
    expect(traced).toEqual(bare)
    expect(traced.exitCode, traced.stderr).toBe(0)
    expect(calls).toMatchObject(MODULES)
  })
})

describe.each(NODE_LANES.slice(1))('$title', ({ path, title }) => {
  const lane = it.runIf(path !== undefined)
  const transforming = it.runIf(path !== undefined && title !== 'Node 26')
  const node = path ?? ''

  lane('Node.js itself, which blanks types out', () => {
    const { bare, traced, calls } = compare(node, ['--experimental-strip-types', 'erasable.ts'], { cwd })
    expect(traced).toEqual(bare)
    expect(traced).toMatchObject({
      stdout: expect.stringContaining('RangeError: too much: 42\n    at fail'),
      exitCode: 1,
    })
    expect(calls).toMatchObject(ERASABLE)
  })

  // Node 26 has no longer an option for it.
  transforming.each([
    ['of CommonJS', 'transformed.ts', TRANSFORMED],
    ['that it could have blanked out', 'erasable.ts', ERASABLE],
    ['of a module', 'modules/level.ts', { '(module) level.ts': 1 }],
  ])('Node.js itself with --experimental-transform-types: TypeScript %s', (_, program, functions) => {
    const { bare, traced, calls } = compare(node, ['--experimental-transform-types', program], { cwd })
    expect(traced).toEqual(bare)
    expect(calls).toMatchObject(functions)
  })
})
