import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

describe('tracer cache clear', () => {
  it('removes what a run kept, and says how much', async () => {
    const cwd = tempFolder({ 'app.cjs': 'function f() { return 1 }\nf()\n' })
    const env = { TRACER_CACHE: join(cwd, 'cache') }
    await tracer(['--quiet', 'app.cjs'], { cwd, env })
    expect(readdirSync(env.TRACER_CACHE)).toHaveLength(1)
    const { exitCode, stdout } = await tracer(['cache', 'clear'], { cwd, env })
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^Removed 1 file \(\d+ bytes\)\.\n$/) as string,
    })
    const again = await tracer(['cache', 'clear'], { cwd, env })
    expect(again.stdout).toBe('Removed 0 files (0 bytes).\n')
  })

  it.each([
    [['cache'], "'tracer cache' needs clear."],
    [['cache', 'fill'], "'tracer cache' cannot 'fill'."],
  ])('%j is wrong usage', async (args, message) => {
    const run = await tracer(args, { cwd: tempFolder() })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(message)
  })
})
