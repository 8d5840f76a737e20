import type { SiteId } from '@tracer/core'
import { instrument, overflowOfParser } from '@tracer/instrument'
import { describe, expect, it } from 'vitest'

function become(code: string): string {
  const result = instrument(code, {
    file: '/app.js',
    format: 'commonjs',
    firstSiteId: 1 as SiteId,
    probeModule: 'file:///probes.mjs',
    probeGlobal: 'PROBES',
  })
  return 'skipped' in result ? result.skipped : 'instrumented'
}

describe('what would overflow the stack of the parser does not reach it', () => {
  it.each([
    ['brackets', `${'['.repeat(1500)}${']'.repeat(1500)}`],
    ['conditionals', `x = ${'a ? b : '.repeat(20_000)}c`],
    ['assignments', `${'a = '.repeat(20_000)}1`],
    ['arrow functions', `${'a => '.repeat(20_000)}1`],
    ['if ... else if', `${'if (a) b(); else '.repeat(20_000)}c()`],
    ['if ... else if with blocks', `${'if (a) { b() }\nelse '.repeat(20_000)}{}`],
    ['loops', `${'for (;;) '.repeat(20_000)}a()`],
    ['labels', Array.from({ length: 20_000 }, (_, i) => `l${i}:`).join('\n') + ';'],
    ['prefixes', `x = ${'!'.repeat(100_000)}a`],
    ['a sum of 100,000 operands', `x = a${'+ a'.repeat(100_000)}`],
    ['brackets among conditionals', `x = ${'(a ? b : '.repeat(900)}c${')'.repeat(900)} + ${'a ? b : '.repeat(3000)}c`],
  ])('%s', (_, code) => {
    expect(become(code)).toBe('too-deep')
  })
})

describe('what is only long does', () => {
  const lines = (line: (i: number) => string): string => Array.from({ length: 20_000 }, (_, i) => line(i)).join('')

  it.each([
    ['statements', lines((i) => `a${i} = b ? c : d;`)],
    ['statements without semicolons', lines((i) => `a${i} = b ? c : d\n`)],
    ['functions', lines((i) => `function f${i}(){return 1}`)],
    ['if statements', lines(() => 'if(a){b=1}')],
    ['declarations', `var ${lines((i) => `a${i}=b?c:d,`)}z`],
    ['properties', `x = {${lines((i) => `a${i}:b?c:d,`)}}`],
    ['cases', `switch (a) {${lines((i) => `case ${i}:`)}}`],
    ['a sum of 10,000 operands', `x = a${'+a'.repeat(10_000)}`],
    ['a sum of 10,000 calls', `x = f(() => 1)${'+f(() => 1)'.repeat(10_000)}`],
    ['a string of 100,000 slashes', `x = "${'a/b+'.repeat(100_000)}"`],
    ['a comment', `/*${' * ======== a\n'.repeat(2000)}*/ a()`],
  ])('%s', (_, code) => {
    expect(overflowOfParser(code)).toBeUndefined()
    expect(become(code)).toBe('instrumented')
  })
})

it('what would nest too deeply with probes runs without', () => {
  expect(become(`${'(() => '.repeat(400)}1${')'.repeat(400)}`)).toBe('too-deep')
})
