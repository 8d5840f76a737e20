import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tracer, type Finished } from './tracer-process.js'

const BEFORE = `
function square(n) { for (let i = 0; i < 10; i++); return n * n }
function old() { for (let i = 0; i < 10; i++); }
for (let i = 0; i < 5; i++) square(i)
old()
`
/** In another folder, moved down, with more calls, and one function in place of another. */
const AFTER = `
// A comment moves all that follows.

function young() { for (let i = 0; i < 10; i++); }
function square(n) { for (let i = 0; i < 10; i++); return n * n }
for (let i = 0; i < 12; i++) square(i)
young()
`

const SQUARE = /5 → 12 +square +after\/app.js:5:1/

describe('tracer diff', () => {
  let folder: string

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'tracer-diff-')))
    await recordTwice('before', BEFORE)
    await recordTwice('after', AFTER)
    writeFileSync(join(folder, 'before', 'runs', 'notes.md'), 'no trace')
    mkdirSync(join(folder, 'empty'))
    writeFileSync(join(folder, 'cut.pftrace'), readFileSync(join(folder, 'after/runs/1.pftrace')).subarray(0, -40))
    writeFileSync(join(folder, 'text.json'), 'no trace')
  }, 240_000)

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  async function recordTwice(side: string, text: string): Promise<void> {
    mkdirSync(join(folder, side))
    writeFileSync(join(folder, side, 'app.js'), text)
    for (const file of ['1.pftrace', '2.json.gz']) {
      const cwd = join(folder, side)
      const { exitCode, stderr } = await tracer(['--exact', '--quiet', '-o', `runs/${file}`, 'app.js'], { cwd })
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    }
  }

  function diff(...args: string[]): Promise<Finished> {
    return tracer(['diff', ...args], { cwd: folder })
  }

  it('of two files shows exact counts, wherever the program and its lines are', async () => {
    const { stdout, stderr, exitCode } = await diff('before/runs/1.pftrace', 'after/runs/1.pftrace')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain('4 functions: 1 new, 1 gone, 1 called more often')
    expect(stdout).toMatch(SQUARE)
    expect(stdout).toMatch(/\+\S+ \S+ +new +1 +young +after\/app.js:4:1/)
    expect(stdout).toMatch(/-\S+ \S+ +gone +1 +old +before\/app.js:3:1/)
  })

  it.each([
    ['lists', ['before/runs/1.pftrace', 'before/runs/2.json.gz', '--', 'after/runs/1.pftrace', 'after/runs/2.json.gz']],
    ['folders', ['before/runs', 'after/runs']],
  ])('takes several runs a side, as %s', async (_, args) => {
    const { stdout, exitCode } = await diff(...args)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^before {2}before\/runs\/1.pftrace and 1 other run\nafter {3}after\/runs\/1.pftrace and 1/)
    expect(stdout).toMatch(SQUARE)
    expect(stdout).toContain('with 2 runs a side nobody can tell a change from')
  })

  it('prints one line of JSON for programs', async () => {
    const { stdout } = await diff('--json', 'before/runs', 'after/runs')
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    const { functions } = JSON.parse(stdout)
    expect(functions.find((row: { name: string }) => row.name === 'square')).toMatchObject({
      calls: { before: [5, 5], after: [12, 12], change: 'more' },
    })
  })

  it.each([
    ['calls', 1, 'tracer: --fail-on: 1 function is called more often: square 5 → 12\n'],
    ['new', 1, 'tracer: --fail-on: 1 function is new: young\n'],
    ['calls:200%', 0, ''],
  ])('--fail-on %s ends with %d', async (rule, exitCode, stderr) => {
    const args = ['--fail-on', rule, 'before/runs/1.pftrace', 'after/runs/1.pftrace']
    expect(await diff(...args)).toMatchObject({ exitCode, stderr })
  })

  it('of a run and itself finds nothing', async () => {
    const args = ['--fail-on', 'calls,new,gone,time,self', 'before/runs/1.pftrace', 'before/runs/1.pftrace']
    const { exitCode, stdout } = await diff(...args)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('3 functions: none new or gone, all called as often as before')
  })

  it('says what is wrong with a file that was cut, and compares the rest', async () => {
    const { exitCode, stderr, stdout } = await diff('before/runs/1.pftrace', 'cut.pftrace')
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^tracer: cut\.pftrace: /)
    expect(stdout).toContain('in all functions before')
  })

  const wrong: [string, string[], string][] = [
    ['nothing', [], "tracer: 'tracer diff' needs <before> and <after>."],
    ['one file', ['before/runs/1.pftrace'], "tracer: 'tracer diff' needs <before> and <after>."],
    [
      'three files',
      ['a', 'b', 'c'],
      "tracer: 'tracer diff' cannot tell which of 3 files are <before> and which are <after>.",
    ],
    ['no file after the dashes', ['a', '--'], "tracer: 'tracer diff' needs a file after '--' as well."],
    ['no file before the dashes', ['--', 'a'], "tracer: 'tracer diff' needs a file before '--' as well."],
    ['a file that is not there', ['before/runs/1.pftrace', 'x.json'], "tracer: There is no file 'x.json'."],
    ['a folder without a trace', ['before/runs', 'empty'], "tracer: There is no trace in the folder 'empty'."],
    ['a text', ['before/runs', 'text.json'], "tracer: 'text.json' is not a trace."],
    ['a rule there is not', ['--fail-on', 'slow', 'a', 'b'], 'tracer: --fail-on takes calls, new, gone, time or self'],
  ]
  it.each(wrong)('of %s ends with 2 and says what to do', async (_, args, message) => {
    const { exitCode, stderr, stdout } = await diff(...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr.startsWith(message), stderr).toBe(true)
    expect(stderr.split('\n').length).toBeGreaterThan(2)
  })
})
