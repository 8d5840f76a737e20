import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compare } from './comparison.js'
import { NODE_LANES } from './nodes.js'

const cwd = fileURLToPath(new URL('./fixtures/node-options/', import.meta.url))
const preloads = join(cwd, 'a folder', `it's "quoted"`)
const NODE_OPTIONS = [
  `--require ${JSON.stringify(join(preloads, 'pre.cjs'))}`,
  `--import ${JSON.stringify(join(preloads, 'pre.mjs'))}`,
  '--enable-source-maps --max-old-space-size=777',
].join(' ')

describe.each(NODE_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane(
    'options in NODE_OPTIONS, with quotes in paths, and on the command line reach the program and what it starts',
    () => {
      const args = ['--stack-trace-limit=7', '--no-warnings', 'main.cjs', '--require', 'x y', '--', '--import']
      const { bare, traced, calls } = compare(node, args, { cwd, env: { NODE_OPTIONS } })
      expect(traced).toEqual(bare)
      expect(traced.stdout).toContain("preloads: [ 'pre.cjs', 'pre.mjs' ]")
      // The program, three children and two workers.
      expect(calls).toMatchObject({ preload: 6, preloadModule: 6, seen: 1, inChild: 5 })
    },
  )
})
