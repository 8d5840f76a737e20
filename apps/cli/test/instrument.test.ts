import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

describe('tracer instrument', () => {
  it('prints a script with its probes', async () => {
    const cwd = tempFolder({ 'app.cjs': '#!/usr/bin/env node\nfunction f() { return g() }\nf()\n' })
    const { exitCode, stdout, stderr } = await tracer(['instrument', 'app.cjs'], { cwd })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'tracer: 1 function instrumented.\n' })
    expect(stdout).toContain('__tracer_probes__')
    expect(stdout.split('\n')).toHaveLength(4)
  })

  it.each([
    ['app.mjs', '', true],
    ['app.js', '{"type":"module"}', true],
    ['app.js', '{"type":"commonjs"}', false],
    ['app.ts', '{}', false],
  ])('%s in a package %s', async (name, manifest, isModule) => {
    const cwd = tempFolder({ [name]: 'function f() { return g() }\n', 'package.json': manifest })
    const { stdout } = await tracer(['instrument', name], { cwd })
    expect(stdout.includes('import{')).toBe(isModule)
    expect(stdout.includes('globalThis')).toBe(!isModule)
  })

  it('prints what cannot have probes as it is', async () => {
    const cwd = tempFolder({ 'app.js': 'function broken( {\n' })
    const { exitCode, stdout, stderr } = await tracer(['instrument', 'app.js'], { cwd })
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'function broken( {\n' })
    expect(stderr).toMatch(/^tracer: 'app\.js' runs as it is: ./)
  })

  it('names a file that is not there', async () => {
    const run = await tracer(['instrument', 'nothing.js'], { cwd: tempFolder() })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain("'nothing.js' cannot be read: ENOENT")
  })
})
