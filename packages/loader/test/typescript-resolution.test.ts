import { expect, it } from 'vitest'
import { typeScriptCandidates } from '../src/typescript-resolution.js'

it.each([
  ['./a.js', ['./a.ts', './a.tsx']],
  ['../a.mjs', ['../a.mts']],
  ['/abs/a.cjs', ['/abs/a.cts']],
  ['./a', ['./a.ts', './a.tsx', './a/index.ts', './a/index.tsx']],
  ['./a.config', ['./a.config.ts', './a.config.tsx', './a.config/index.ts', './a.config/index.tsx']],
  ['file:///a.js', ['file:///a.ts', 'file:///a.tsx']],
  ['package', []],
  ['@scope/package/file.js', []],
])('%s in a TypeScript file can mean %j', (specifier, candidates) => {
  expect(typeScriptCandidates(specifier)).toEqual(candidates)
})
