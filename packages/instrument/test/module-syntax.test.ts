import type { SiteId } from '@tracer/core'
import { instrument } from '@tracer/instrument'
import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'

function scriptOf(code: string): string {
  const result = instrument(code, {
    file: '/app.mjs',
    format: 'module',
    firstSiteId: 1 as SiteId,
    probeModule: 'file:///probes.mjs',
    probeGlobal: 'PROBES',
  })
  const script = 'skipped' in result ? undefined : result.asScript()
  if (script === undefined) throw new Error('there is no script')
  return script
}

describe('a module as a script is accepted for', () => {
  it.each([
    "import 'a'; import b from 'b'; import * as c from 'c'; import d, { e as f, 'g h' as i } from 'd'; f(b, c, d, i)",
    "import a from 'a' with { type: 'json' }\nexport { a }",
    'const a = 1, b = 2\nexport { a as c, b as default }\n(1)',
    "export * from 'a'; export * as b from 'b'; export { c as 'd e' } from 'c'",
    'export const { a, b: [c] } = f(); export let d; export var e; export function f() {} export class G {}',
    'export default function () {} f(); function f() {}',
    'export default function named() {} named()',
    'export default async function* () {} export const a = 1',
    'export default class {} [].at(0)',
    'export default class A { static { f() } } function f() {}',
    'export default async x => await x',
    'export default await f(); function f() {}',
    'const a = 1\nexport default a\n;[a].map((b) => b)',
    'export default { f() { return import.meta.url } }',
    'const load = () => import(import.meta.resolve("a")); class A { b = import.meta }',
    'for await (const a of b()) {} async function* b() { yield import.meta.dirname }',
    '#!/usr/bin/env node\r\n"use strict"\r\nimport "a"\r\nexport const f = () => 1',
    '\uFEFFimport "a"; f(); function f() { /* ends without a line break */ } // so does this',
    'if (a) { function b() {} } var b = 1; export { b }; let a',
  ])('%s', (code) => {
    expect(() => new Script(scriptOf(code))).not.toThrow()
  })
})

describe('a module as a script is rejected for', () => {
  it.each([
    ['a decorator', '@a class B {}'],
    ['two declarations of a name', 'let a; let a'],
    ['a declaration of an imported name', "import { a } from 'a'; const a = 1"],
    ['a function that has the name of a variable', 'var a; function a() {}'],
    ['an exported name that is not declared', 'export { a }'],
  ])('%s', (_, code) => {
    expect(() => new Script(scriptOf(code))).toThrow(SyntaxError)
  })
})
