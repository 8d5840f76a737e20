import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { FIB } from './recorded.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

const EXAMPLE = fileURLToPath(new URL('../../../examples/custom-serializer', import.meta.url))

/** A serializer that writes how many tracks there are. */
const COUNT = `
export default {
  id: 'count',
  extensions: ['.count'],
  serialize: (trace) => [new TextEncoder().encode(String(trace.tracks.length))],
}`

describe("a serializer of one's own", () => {
  it('writes what a program left', async () => {
    const cwd = tempFolder({ 'app.js': `${FIB}fib(5)` })
    const { exitCode } = await tracer(['--exact', '-o', 'out.csv', '--serializer', EXAMPLE, 'app.js'], { cwd })
    expect(exitCode).toBe(0)
    const rows = readFileSync(join(cwd, 'out.csv'), 'utf8').split('\n')
    expect(rows.filter((row) => row.includes('"fib"'))).toHaveLength(15)
  })

  it('reads a file for a report', async () => {
    const cwd = tempFolder({ 'in.csv': 'process,thread,name,file,line,startNs,durationNs\n1,1,"work","",0,0,500\n' })
    const { stdout } = await tracer(['report', 'in.csv', '--serializer', EXAMPLE], { cwd })
    expect(stdout).toContain('1 call of 1 function in 500 ns')
  })

  it.each<[string, Record<string, string>, string]>([
    ['a file', { 'it.mjs': COUNT }, './it.mjs'],
    ['a file without its ending', { 'it.js': `module.exports = ${COUNT.replace('export default', '')}` }, './it'],
    ['a function', { 'it.mjs': COUNT.replace('default', 'default () => (') + ')' }, './it.mjs'],
    [
      'a package',
      { 'node_modules/trace-count/index.mjs': COUNT, 'node_modules/trace-count/package.json': '{"main":"index.mjs"}' },
      'trace-count',
    ],
  ])('is %s', async (_, files, name) => {
    const cwd = tempFolder({ 'in.json': '[{"name":"f","ph":"X","ts":1,"dur":2,"pid":1,"tid":1}]', ...files })
    const { exitCode, stderr } = await tracer(['convert', 'in.json', '-o', 'out.any', '--serializer', name], { cwd })
    expect(stderr).toContain('out.any (count, 1 byte)')
    expect(exitCode).toBe(0)
    expect(readFileSync(join(cwd, 'out.any'), 'utf8')).toBe('1')
  })

  it.each<[string, Record<string, string>, string, string]>([
    ['is not there', {}, 'trace-none', "The serializer 'trace-none' cannot be loaded: Cannot find module 'trace-none'"],
    [
      'throws',
      { 'it.mjs': 'throw new Error("broken")' },
      './it.mjs',
      "The serializer './it.mjs' cannot be loaded: broken",
    ],
    ['exports nothing', { 'it.mjs': '' }, './it.mjs', "'./it.mjs' is no serializer: its default export is undefined."],
    ['exports no id', { 'it.mjs': 'export default {}' }, './it.mjs', "'./it.mjs' is no serializer: it has no id."],
    [
      'has nothing that writes',
      { 'it.mjs': 'export default { id: "x", extensions: [] }' },
      './it.mjs',
      'it has no function serialize.',
    ],
    [
      'fails when it is made',
      { 'it.mjs': 'export default () => { throw new Error("no licence") }' },
      './it.mjs',
      "The serializer './it.mjs' fails when it is made: no licence",
    ],
  ])('that %s is an error before anything runs', async (_, files, name, message) => {
    const cwd = tempFolder({ 'app.js': 'console.log("ran")', ...files })
    const { exitCode, stdout, stderr } = await tracer(['-o', 'x', '--serializer', name, 'app.js'], { cwd })
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })

  it('keeps what every serializer promises, as the example does', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap'], { cwd: EXAMPLE })
    expect(stdout).toMatch(/^# fail 0$/m)
    expect(stdout).toMatch(/^# pass [1-9]\d+$/m)
  })

  it('takes under 80 lines, as the example shows', () => {
    expect(readFileSync(join(EXAMPLE, 'index.js'), 'utf8').trimEnd().split('\n').length).toBeLessThan(80)
  })
})
