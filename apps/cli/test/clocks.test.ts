import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIB, record } from './recorded.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

const APP = { 'app.js': `${FIB}\nfib(10)` }

describe('a native clock that cannot be had', () => {
  const env = { TRACER_CLOCK_NATIVE: 'off' }

  it('is an error where it was asked for by name, and nothing runs', async () => {
    const cwd = tempFolder(APP)
    expect(await tracer(['--clock', 'native', 'app.js'], { cwd, env })).toEqual({
      exitCode: 2,
      signal: null,
      stdout: '',
      stderr:
        'tracer: The native clock is turned off by the environment variable TRACER_CLOCK_NATIVE.\n' +
        'Take the portable clock with --clock portable, or leave the choice to --clock auto.\n',
    })
    expect(readdirSync(cwd)).toEqual(['app.js'])
  })

  it('gives way to the portable one otherwise', async () => {
    const { exitCode, folder, calls } = await record(APP, ['--exact', 'app.js'], { env })
    expect(exitCode).toBe(0)
    expect(calls).toMatchObject({ fib: 177 })
    expect(clockOf(folder)).toBe('portable')
  })
})

it.each(['portable', 'tick'])('the %s clock is the one of the trace that asked for it', async (clock) => {
  const { exitCode, folder, calls } = await record(APP, ['--clock', clock, '--exact', 'app.js'])
  expect(exitCode).toBe(0)
  expect(calls).toMatchObject({ fib: 177 })
  expect(clockOf(folder)).toBe(clock)
})

it('the summary says when the tick came late because the program was stopped', async () => {
  let isStopped = false
  const { summary, stdout } = await record(
    {
      'app.js': `
        let made = 0
        function leaf() { made++; return Math.sqrt(made) }
        // The recorder takes a moment to begin.
        for (const until = Date.now() + 300; Date.now() < until; ) leaf()
        process.stdout.write(String(process.pid) + '\\n')
        for (const until = Date.now() + 1500; Date.now() < until; ) leaf()
        console.log(made)`,
    },
    ['--clock', 'tick', 'app.js'],
    {
      onStdout: (_, text) => {
        if (isStopped) return
        isStopped = true
        const pid = Number(text)
        process.kill(pid, 'SIGSTOP')
        setTimeout(() => process.kill(pid, 'SIGCONT'), 300)
      },
    },
  )
  expect(Number(stdout.split('\n')[1])).toBeGreaterThan(0)
  expect(summary['latestTickNs']).toBeGreaterThan(250e6)
  expect(summary['warnings']).toEqual([expect.stringMatching(/^two ticks were .* apart in place of /)])
})

function clockOf(folder: string): unknown {
  return /"clock":"(\w+)"/.exec(readFileSync(join(folder, 'trace.json'), 'utf8'))?.[1]
}
