import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runTimed } from '../lib/timed-process.mjs'

const OPTIONS = { cwd: tmpdir(), env: process.env, timeLimitMs: 20_000 }

describe('runTimed', () => {
  it('gives what a program printed and its exit code', async () => {
    const code = 'console.log("out"); console.error("err"); process.exitCode = 3'
    const ended = await runTimed([process.execPath, '-e', code], OPTIONS)
    expect(ended).toMatchObject({ ending: 'exit 3', stdout: 'out\n', stderr: 'err\n' })
  })
  it('ends a program and its children when the time is over', async () => {
    const code = 'require("node:child_process").spawnSync(process.execPath, ["-e", "setInterval(() => {}, 1000)"])'
    const ended = await runTimed([process.execPath, '-e', code], { ...OPTIONS, timeLimitMs: 500 })
    expect(ended.ending).toBe('time limit')
  })
})
