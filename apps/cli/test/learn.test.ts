import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

/** Goes on until some function of it is tick-checked, which it finds in what is recorded of it. */
const HOT = `
const { readdirSync, readFileSync } = require('node:fs')
const folder = process.env.TRACER_SESSION + '/'
const cells = new Int32Array(8)
function hot(n) { for (let i = 0; i < 1; i++) cells[i] += n }
do for (let i = 0; i < 100000; i++) hot(i)
while (!readdirSync(folder).some((name) => readFileSync(folder + name).includes('"to":"checked"')))`

describe('tracer --learn', () => {
  it('lets later runs begin with what the budget decided, until the cache is cleared', async () => {
    const cwd = tempFolder({ 'app.cjs': HOT })
    const env = { TRACER_CACHE: join(cwd, 'cache') }
    const learnedIn = async (...args: string[]): Promise<unknown> => {
      const { stderr, exitCode } = await tracer([...args, '--summary', 'json', '-o', 'trace.json', 'app.cjs'], {
        cwd,
        env,
      })
      expect(exitCode).toBe(0)
      const summary = JSON.parse(stderr) as Record<string, unknown>
      return [summary['functionsLearned'], summary['functionsTickChecked']]
    }
    expect(await learnedIn('--learn')).toEqual([0, 1])
    expect(await learnedIn()).toEqual([1, 1])
    expect(readFileSync(join(cwd, 'trace.json'), 'utf8')).toContain('"reason":"learned in an earlier run"')
    expect(await learnedIn('--learn')).toEqual([1, 1])
    await tracer(['cache', 'clear'], { cwd, env })
    expect(await learnedIn()).toEqual([0, 1])
  })

  it('is wrong usage without a cache to keep it in', async () => {
    const run = await tracer(['--learn', 'app.cjs'], {
      cwd: tempFolder({ 'app.cjs': '' }),
      env: { TRACER_CACHE: 'off' },
    })
    expect(run).toMatchObject({
      exitCode: 2,
      stderr:
        'tracer: --learn keeps what the budget decides in the cache, which TRACER_CACHE=off switches off.\n' +
        'Name a folder for it: TRACER_CACHE=<folder> tracer --learn ...\n',
    })
  })
})
