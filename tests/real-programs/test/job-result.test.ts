import { describe, expect, it } from 'vitest'
import { judge } from '../lib/job-result.mjs'
import { countResults, formatResult } from '../lib/report.mjs'
import { outcome } from './outcome.js'

const JOB = { name: 'own', folder: '', kind: 'parser', does: '', packages: [], command: [] }
const SUMMARY = { events: 3, bytes: 1, processes: 1, threads: 1, dropped: 0, modulesSkipped: [], warnings: [] }

describe('judge', () => {
  it('calls runs with the same outcome the same', async () => {
    const result = await judged([outcome({}), outcome({})], outcome({ summary: SUMMARY }))
    expect(result).toMatchObject({ result: 'same', differences: [], events: 3 })
  })
  it('calls a run without a trace different', async () => {
    expect(await judged([outcome({}), outcome({})], outcome({}))).toMatchObject({ result: 'different' })
  })
  it('does not call a job that fails bare the same', async () => {
    const failed = outcome({ ending: 'exit 1', stderr: 'no such thing' })
    const result = await judged([failed, failed], failed)
    expect(result).toMatchObject({ result: 'cannot run here', reason: 'exit 1 instead of exit 0: no such thing' })
    expect(countResults([result])).toEqual({ jobs: 1, same: 0, different: 0, cannotRunHere: 1 })
  })
  it('does not blame the tracer for a job that differs from run to run', async () => {
    const result = await judged([outcome({ stdout: '1' }), outcome({ stdout: '2' })], outcome({ summary: SUMMARY }))
    expect(result.result).toBe('cannot run here')
    expect(result.reason).toContain('two bare runs differ in stdout')
  })
  it('is shown with its differences', async () => {
    const result = await judged([outcome({}), outcome({})], outcome({ ending: 'time limit', summary: SUMMARY }))
    expect(formatResult(result)).toMatch(/^different +own +3 events.*\n {4}ending: exit 0 bare, time limit traced$/)
  })
})

/** What `judge` says of two bare runs and a traced one. */
async function judged(bare: readonly ReturnType<typeof outcome>[], traced: ReturnType<typeof outcome>) {
  const left = [...bare]
  return judge(JOB, { bare: () => Promise.resolve(left.shift() ?? outcome({})), traced: () => Promise.resolve(traced) })
}
